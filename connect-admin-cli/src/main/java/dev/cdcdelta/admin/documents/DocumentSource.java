package dev.cdcdelta.admin.documents;

import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;

/** Where documents are read from. */
public interface DocumentSource extends AutoCloseable {
    /** What a source tells of. */
    interface Reader {
        void document(BsonDocument document);

        /** @param place line of a file, or topic, partition and offset */
        void refused(String place, DataException reason);

        /** Whether there is no need to read on. */
        boolean isDone();
    }

    /** The source in words, for reports. Without secrets. */
    String name();

    /** Reads until the reader is done or nothing is left. */
    void read(Reader reader);

    @Override
    default void close() {}
}
