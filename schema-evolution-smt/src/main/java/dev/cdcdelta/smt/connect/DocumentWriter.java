package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.schema.StructType;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.bson.BsonDocument;

/** Turns documents into Structs of one type. Documents that fit are not inspected for their type, which is what makes them fast. */
public final class DocumentWriter {
    private final StructType type;
    private final StructWriter writer;

    public DocumentWriter(StructType type) {
        this(type, ConnectSchemas.toConnect(type), false);
    }

    /**
     * Keeps a schema object that is equal to {@code ConnectSchemas.toConnect(type)}.
     *
     * @param isClosed whether the type can have no further fields, so that others belong into {@code __rest} where there is one
     */
    public DocumentWriter(StructType type, Schema schema, boolean isClosed) {
        this.type = type;
        this.writer =
                Writers.document(type, schema, isClosed ? StructWriter.Readiness.CLOSED : StructWriter.Readiness.OPEN);
    }

    public Schema schema() {
        return writer.schema();
    }

    /** The document as a Struct; empty if the type has to be merged with the document's first. */
    public Optional<Struct> write(BsonDocument document) {
        return struct(writer.writeDocument(document));
    }

    /** A document that has been merged into the type; empty if it has not. */
    public Optional<Struct> writeMerged(BsonDocument document) {
        return struct(Writers.document(type, writer.schema(), StructWriter.Readiness.MERGED)
                .writeDocument(document));
    }

    private static Optional<Struct> struct(Object written) {
        return written instanceof Struct struct ? Optional.of(struct) : Optional.empty();
    }
}
