package dev.cdcdelta.sink.change;

import dev.cdcdelta.smt.key.DocumentKey;
import org.apache.kafka.connect.data.Struct;

/** What one record says of one document. */
public sealed interface Change {
    DocumentKey key();

    SourceVersion version();

    Operation operation();

    /**
     * The document is now this one.
     *
     * @param after the whole document, with its {@code _id}
     */
    record Upsert(DocumentKey key, SourceVersion version, Operation operation, Struct after) implements Change {}

    record Delete(DocumentKey key, SourceVersion version) implements Change {
        @Override
        public Operation operation() {
            return Operation.DELETE;
        }
    }
}
