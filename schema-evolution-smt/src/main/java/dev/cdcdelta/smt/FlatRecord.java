package dev.cdcdelta.smt;

import dev.cdcdelta.smt.connect.ConnectBson;
import dev.cdcdelta.smt.schema.FieldNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A change that Debezium's ExtractNewDocumentState has taken out of its envelope: the document's fields, beside those that it added.
 *
 * @param value a Struct, or a map without a schema
 */
record FlatRecord(ChangeMetadata metadata, Object value) {
    private static final String DELETED = "__deleted";
    private static final String OPERATION = "__op";
    private static final String SOURCE_TIME = "__source_ts_ms";
    private static final String SOURCE_ORDINAL = "__source_ord";
    private static final String DATABASE = "__db";
    private static final String SOURCE_DATABASE = "__source_db";
    private static final String COLLECTION = "__collection";
    private static final String SOURCE_COLLECTION = "__source_collection";
    private static final Set<String> ADDED = Set.of(
            DELETED,
            OPERATION,
            "__ts_ms",
            SOURCE_TIME,
            SOURCE_ORDINAL,
            DATABASE,
            SOURCE_DATABASE,
            COLLECTION,
            SOURCE_COLLECTION);
    private static final Set<String> OPERATIONS = Set.of("c", ChangeMetadata.UPDATE, ChangeMetadata.DELETE, "r");

    /**
     * Reads a flat record: a value with an added field that tells the operation, or a schemaless one with an {@code _id}. A Struct
     * without added fields has a schema of its own already and is none.
     */
    static Optional<FlatRecord> of(Object value) {
        String operation = operation(value);
        boolean isDocument = value instanceof Map<?, ?> map && map.containsKey(FieldNames.ID);
        if (operation == null && !isDocument) {
            return Optional.empty();
        }
        ChangeMetadata metadata = new ChangeMetadata(
                operation,
                ChangeMetadata.time(Parts.of(value, SOURCE_TIME)),
                ChangeMetadata.ordinal(Parts.of(value, SOURCE_ORDINAL)),
                either(value, DATABASE, SOURCE_DATABASE),
                either(value, COLLECTION, SOURCE_COLLECTION));
        return Optional.of(new FlatRecord(metadata, value));
    }

    private static @Nullable String operation(Object value) {
        Object deleted = Parts.of(value, DELETED);
        if (Boolean.TRUE.equals(deleted) || "true".equals(deleted)) {
            return ChangeMetadata.DELETE;
        }
        if (Parts.of(value, OPERATION) instanceof String letter && OPERATIONS.contains(letter)) {
            return letter;
        }
        return deleted == null ? null : ChangeMetadata.UPDATE;
    }

    private static @Nullable String either(Object value, String name, String other) {
        String text = ChangeMetadata.text(Parts.of(value, name));
        return text == null ? ChangeMetadata.text(Parts.of(value, other)) : text;
    }

    /**
     * The document without the added fields; empty for a delete.
     *
     * @throws DataException if a field of a Struct has a name that the transform keeps for itself, or a text is none
     */
    Optional<BsonDocument> document() {
        if (metadata.isOf(ChangeMetadata.DELETE)) {
            return Optional.empty();
        }
        if (value instanceof Struct struct) {
            checkNames(List.of(), struct.schema());
        }
        BsonDocument document = ConnectBson.of(null, value).asDocument();
        document.keySet().removeAll(ADDED);
        WholeCharacters.require(document);
        return Optional.of(document);
    }

    /**
     * The key with the {@code _id} by its own name: ExtractNewDocumentState takes it out of its extended JSON, so that under Debezium's
     * name it would be read as what it is not.
     *
     * @return empty if the key has another form
     */
    static Optional<FlatKey> key(@Nullable Schema schema, @Nullable Object key) {
        if (key instanceof Struct struct && struct.schema().fields().size() == 1) {
            Field id = struct.schema().fields().get(0);
            return id.name().equals(RecordKey.ID) ? Optional.of(FlatKey.of(id, struct)) : Optional.empty();
        }
        return key instanceof Map<?, ?> map && map.size() == 1 && map.get(RecordKey.ID) != null
                ? Optional.of(new FlatKey(schema, Map.of(FieldNames.ID, map.get(RecordKey.ID))))
                : Optional.empty();
    }

    /** Names of such a Struct are the document's own, but reading them back would take them for this project's. */
    private static void checkNames(List<String> path, Schema schema) {
        switch (schema.type()) {
            case STRUCT -> {
                for (Field field : schema.fields()) {
                    List<String> fieldPath = new ArrayList<>(path);
                    fieldPath.add(field.name());
                    if (!FieldNames.fromDocument(field.name()).equals(field.name())) {
                        throw new DataException("Field '" + String.join(".", fieldPath)
                                + "' has a name that is kept for what does not fit"
                                + " another field. Take ExtractNewDocumentState out of the chain: from Debezium's envelope"
                                + " such a field is read.");
                    }
                    checkNames(fieldPath, field.schema());
                }
            }
            case ARRAY -> checkNames(path, schema.valueSchema());
            default -> {
                // has no names
            }
        }
    }
}
