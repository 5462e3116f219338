package dev.cdcdelta.stack.mongodb;

import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;

/** The rest of a query's result. Batches are copies, and bounded in bytes as well as in documents. */
final class DocumentCursor implements Cursor {
    private static final int REPLY_BYTES = 8 * 1024 * 1024;

    private final long id;
    private final List<Document> documents;
    private int position;

    DocumentCursor(long id, List<Document> documents) {
        this.id = id;
        this.documents = documents;
    }

    @Override
    public long getId() {
        return id;
    }

    @Override
    public boolean isEmpty() {
        return position >= documents.size();
    }

    @Override
    public List<Document> takeDocuments(int limit) {
        List<Document> batch = new ArrayList<>();
        long bytes = 0;
        while (!isEmpty() && batch.size() < limit && bytes < REPLY_BYTES) {
            Document document = documents.get(position++).cloneDeeply();
            bytes += WireSize.of(document);
            batch.add(document);
        }
        return batch;
    }
}
