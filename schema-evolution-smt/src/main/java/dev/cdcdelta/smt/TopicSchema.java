package dev.cdcdelta.smt;

import dev.cdcdelta.smt.connect.ConnectSchemas;
import dev.cdcdelta.smt.connect.DocumentWriter;
import dev.cdcdelta.smt.schema.ColumnLimit;
import dev.cdcdelta.smt.schema.DeclaredValues;
import dev.cdcdelta.smt.schema.SchemaMerge;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import dev.cdcdelta.smt.schema.TypeInference;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;

/** The type that holds all documents known of one topic. Its schema is the same object until a document needs another. */
final class TopicSchema {
    private final SchemaRules rules;
    private StructType type;
    private DocumentWriter writer;

    /**
     * Begins with the first document.
     *
     * @param known what is known of the topic's documents beforehand
     * @throws DataException if the document is in conflict with that and the policy refuses it
     */
    TopicSchema(StructType known, BsonDocument first, SchemaRules rules) {
        this.rules = rules;
        this.type = merged(known, DeclaredValues.of(first, rules));
        this.writer = writer(ConnectSchemas.toConnect(type));
    }

    /**
     * Writes a document, after merging it into the type where needed.
     *
     * @throws DataException if the policy refuses the document; it leaves no trace in the type then
     */
    Struct write(BsonDocument document) {
        BsonDocument declared = DeclaredValues.of(document, rules);
        Optional<Struct> struct = writer.write(declared);
        if (struct.isPresent()) {
            return struct.get();
        }
        evolve(declared);
        return writer.writeMerged(declared)
                .orElseThrow(() -> new IllegalStateException("A document does not fit the type it was merged into"));
    }

    private void evolve(BsonDocument document) {
        StructType wider = merged(type, document);
        if (wider.equals(type)) {
            return;
        }
        type = wider;
        Schema schema = ConnectSchemas.toConnect(wider);
        writer = writer(schema.equals(writer.schema()) ? writer.schema() : schema);
    }

    private StructType merged(StructType before, BsonDocument document) {
        StructType after = SchemaMerge.merge(before, TypeInference.ofDocument(document, rules), rules);
        return ColumnLimit.cap(before, after, rules.limits());
    }

    private DocumentWriter writer(Schema schema) {
        return new DocumentWriter(type, schema, ColumnLimit.isReached(type, rules.limits()));
    }
}
