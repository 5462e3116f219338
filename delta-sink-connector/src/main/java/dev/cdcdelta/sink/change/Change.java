package dev.cdcdelta.sink.change;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.update.UpdateDescription;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** What one record says of one document. */
public sealed interface Change {
    DocumentKey key();

    SourceVersion version();

    Operation operation();

    /**
     * The document is now this one.
     *
     * @param after the whole document, with its {@code _id}
     * @param text the same as canonical extended JSON; null where nobody asked for it
     */
    record Upsert(
            DocumentKey key,
            SourceVersion version,
            Operation operation,
            Struct after,
            @Nullable String text) implements Change {
        public Upsert(DocumentKey key, SourceVersion version, Operation operation, Struct after) {
            this(key, version, operation, after, null);
        }
    }

    /**
     * The document is now this one, and already a row of the table that was asked for it.
     *
     * @param columns of the row
     * @param values of all columns but those that only the commit tells
     */
    // The array is handed over, never shared: millions of rows pass here.
    @SuppressWarnings("ArrayRecordComponent")
    record Row(
            DocumentKey key,
            SourceVersion version,
            Operation operation,
            ColumnType.Struct columns,
            @Nullable Object[] values)
            implements Change {}

    /**
     * Parts of the document have changed; the rest of it is what it was.
     *
     * @param record that told it, to be reported where there is nothing that it could be applied to
     */
    record Update(DocumentKey key, SourceVersion version, UpdateDescription description, SinkRecord record)
            implements Change {
        @Override
        public Operation operation() {
            return Operation.UPDATE;
        }
    }

    record Delete(DocumentKey key, SourceVersion version) implements Change {
        @Override
        public Operation operation() {
            return Operation.DELETE;
        }
    }
}
