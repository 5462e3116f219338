package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.smt.connect.DocumentWriter;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.SchemaMerge;
import dev.cdcdelta.smt.schema.StructType;
import dev.cdcdelta.smt.schema.TypeInference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonNumber;
import org.bson.BsonValue;

/** Keys as documents of their {@code _id} alone. Those of one type share a schema object, because mappings are compiled per schema. */
public final class KeyDocuments {
    private static final int MAX_TYPES = 100;

    private final Map<StructType, DocumentWriter> writers = new HashMap<>();

    /**
     * The document, with the key beside its {@code _id} where that is of another type.
     *
     * @param column the type of the table's {@code _id}; NOTHING where there is none yet
     */
    public Struct of(DocumentKey key, FieldType column) {
        BsonValue id = as(column, ExtendedJson.parse(key.canonical()));
        BsonDocument document = new BsonDocument(FieldNames.ID, id);
        StructType known = new StructType(List.of(new StructType.Field(FieldNames.ID, column)));
        StructType own = TypeInference.ofDocument(document, ConflictPolicy.SIDECAR);
        StructType type = column == ScalarType.NOTHING ? own : SchemaMerge.merge(known, own);
        if (writers.size() >= MAX_TYPES) {
            writers.clear();
        }
        return writers.computeIfAbsent(type, DocumentWriter::new)
                .write(document)
                .orElseThrow(
                        () -> new IllegalStateException("A document does not fit the type that was inferred from it"));
    }

    /** A key tells a number's value, not its type. */
    private static BsonValue as(FieldType column, BsonValue id) {
        if (!(id instanceof BsonNumber number) || !(column instanceof ScalarType type)) {
            return id;
        }
        return switch (type) {
            case INT64 -> id.isInt32() ? new BsonInt64(number.longValue()) : id;
            case DOUBLE -> number.doubleValue() == number.longValue() ? new BsonDouble(number.doubleValue()) : id;
            case DECIMAL128 -> decimal(number);
            default -> id;
        };
    }

    /** A double of more digits than a decimal has is not the same key as any decimal. */
    private static BsonValue decimal(BsonNumber number) {
        try {
            return new BsonDecimal128(number.decimal128Value());
        } catch (NumberFormatException tooManyDigits) {
            return number;
        }
    }
}
