package dev.cdcdelta.admin.documents;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;

/** Keeps all that a source tells, until it has so many. */
final class CollectedDocuments implements DocumentSource.Reader {
    final List<BsonDocument> documents = new ArrayList<>();
    final List<String> refused = new ArrayList<>();
    private final int most;

    CollectedDocuments(int most) {
        this.most = most;
    }

    static CollectedDocuments of(DocumentSource source) {
        CollectedDocuments all = new CollectedDocuments(Integer.MAX_VALUE);
        source.read(all);
        return all;
    }

    @Override
    public void document(BsonDocument document) {
        documents.add(document);
    }

    @Override
    public void refused(String place, DataException reason) {
        refused.add(place + ": " + reason.getMessage());
    }

    @Override
    public boolean isDone() {
        return documents.size() >= most;
    }

    List<String> texts() {
        return documents.stream().map(BsonDocument::toJson).toList();
    }
}
