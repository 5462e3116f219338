package dev.cdcdelta.smt;

import dev.cdcdelta.smt.connect.ConnectSchemas;
import dev.cdcdelta.smt.connect.DocumentWriter;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.registry.TopicHistory;
import dev.cdcdelta.smt.schema.ColumnLimit;
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
    private final TopicHistory history;
    private final SchemaRules rules;
    private StructType type;
    private DocumentWriter writer;

    /** Begins with what is known of the topic's documents beforehand, and the first document. */
    TopicSchema(StructType known, BsonDocument first, SchemaRules rules) {
        this(TopicHistory.startingWith(known), first, rules);
    }

    /**
     * Begins with the first document.
     *
     * @param history what is known of the topic's documents beforehand, and who is asked before a wider type is used
     * @throws DataException if the document is in conflict with that and the policy refuses it
     */
    TopicSchema(TopicHistory history, BsonDocument first, SchemaRules rules) {
        this.history = history;
        this.rules = rules;
        this.type = history.extend(merged(history.known(), first));
        this.writer = new DocumentWriter(type, rules);
    }

    /**
     * Writes a document, after merging it into the type where needed.
     *
     * @throws DataException if the policy refuses the document; it leaves no trace in the type then
     */
    Struct write(BsonDocument document) {
        Optional<Struct> struct = writer.write(document);
        if (struct.isPresent()) {
            return history.agreed(struct.get());
        }
        evolve(document);
        return writer.writeMerged(document)
                .map(history::agreed)
                .orElseThrow(() -> new IllegalStateException("A document does not fit the type it was merged into"));
    }

    /**
     * Writes a document from its extended JSON, which is the same as parsing and writing it.
     *
     * @throws DataException if the text is broken or the policy refuses the document; it leaves no trace in the type then
     */
    Struct write(String text) {
        return writer.write(text).map(history::agreed).orElseGet(() -> write(ExtendedJson.parseDocument(text)));
    }

    /** What writes the documents that need no other type. */
    DocumentWriter writer() {
        return writer;
    }

    private void evolve(BsonDocument document) {
        StructType merged = merged(type, document);
        if (merged == type) {
            return;
        }
        StructType wider = history.extend(merged);
        Schema schema = ConnectSchemas.toConnect(wider);
        writer = new DocumentWriter(wider, schema.equals(writer.schema()) ? writer.schema() : schema, rules);
        type = wider;
    }

    private StructType merged(StructType before, BsonDocument document) {
        StructType after = SchemaMerge.merge(before, TypeInference.ofDocument(document, rules), rules);
        return ColumnLimit.cap(before, after, rules.limits());
    }
}
