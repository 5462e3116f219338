package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.schema.StructType;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.bson.BsonDocument;

/** Turns documents into Structs of one type. Documents that fit are not inspected for their type, which is what makes them fast. */
public final class DocumentWriter {
    private final StructWriter writer;

    public DocumentWriter(StructType type) {
        this(type, ConnectSchemas.toConnect(type));
    }

    /** @param schema equal to {@code ConnectSchemas.toConnect(type)} */
    public DocumentWriter(StructType type, Schema schema) {
        this.writer = Writers.document(type, schema);
    }

    public Schema schema() {
        return writer.schema();
    }

    /**
     * @return empty if the type has to be merged with the document's first
     * @throws org.apache.kafka.connect.errors.DataException if the {@code _id} is in conflict with the type's
     */
    public Optional<Struct> write(BsonDocument document) {
        return writer.writeDocument(document) instanceof Struct struct ? Optional.of(struct) : Optional.empty();
    }
}
