package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.TextCursor;
import dev.cdcdelta.smt.schema.ColumnLimit;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** Turns documents into Structs of one type. Documents that fit are not inspected for their type, which is what makes them fast. */
public final class DocumentWriter {
    private static final SchemaRules NO_RULES = SchemaRules.of(ConflictPolicy.SIDECAR);

    private final StructType type;
    private final Schema schema;
    private final SchemaRules rules;
    private final Readiness readiness;
    private final StructWriter writer;
    private @Nullable StructWriter mergedWriter;

    public DocumentWriter(StructType type) {
        this(type, ConnectSchemas.toConnect(type), NO_RULES);
    }

    /** @param rules by which the type came about */
    public DocumentWriter(StructType type, SchemaRules rules) {
        this(type, ConnectSchemas.toConnect(type), rules);
    }

    /** Keeps a schema object that is equal to {@code ConnectSchemas.toConnect(type)}. */
    public DocumentWriter(StructType type, Schema schema, SchemaRules rules) {
        this.type = type;
        this.schema = schema;
        this.rules = rules;
        this.readiness = ColumnLimit.isReached(type, rules.limits()) ? Readiness.CLOSED : Readiness.OPEN;
        this.writer = Writers.document(type, new StructPlaces(schema), rules, readiness);
    }

    /** The type of the documents that it writes. */
    public StructType type() {
        return type;
    }

    public Schema schema() {
        return schema;
    }

    /** A reader of the documents that it writes, into rows instead of Structs. */
    public RowReader rows(RowPlaces places) {
        return new RowReader(Writers.document(type, new RowTarget(places, RowForm.AS_IT_IS), rules, readiness));
    }

    /** The document as a Struct; empty if the type has to be merged with the document's first. */
    public Optional<Struct> write(BsonDocument document) {
        return writer.writeDocument(document) instanceof Struct struct ? Optional.of(struct) : Optional.empty();
    }

    /** A document that has been merged into the type, as a Struct; empty if it has not. */
    public Optional<Struct> writeMerged(BsonDocument document) {
        StructWriter merged = mergedWriter;
        if (merged == null) {
            merged = Writers.document(type, new StructPlaces(schema), rules, Readiness.MERGED);
            mergedWriter = merged;
        }
        return merged.writeDocument(document) instanceof Struct struct ? Optional.of(struct) : Optional.empty();
    }

    /**
     * The document as a Struct, straight from its extended JSON. Empty as the other method says, and if the text is broken or anything
     * about it is out of the ordinary: then it has to be parsed and written by the other method, which knows all cases.
     */
    public Optional<Struct> write(String text) {
        TextCursor cursor = new TextCursor(text);
        return cursor.peek() == '{' && writer.read(cursor) instanceof Struct struct && cursor.isAtEnd()
                ? Optional.of(struct)
                : Optional.empty();
    }
}
