package dev.cdcdelta.stack.mongodb;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A collection that logs each change where it happens, so that every command is covered, findAndModify and upserts too.
 *
 * <p>The library changes stored documents in place. What the log gets are therefore copies.
 */
final class RecordedCollection extends MemoryCollection {
    private final ChangeLog log;

    /** Whether the command under way replaces whole documents. Guarded by the collection's monitor. */
    private boolean replacing;

    RecordedCollection(
            MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors, ChangeLog log) {
        super(database, name, options, cursors);
        this.log = log;
    }

    @Override
    protected Integer addDocumentInternal(Document document) {
        Integer position = super.addDocumentInternal(document);
        log.append(namespace(), LoggedChange.Operation.INSERT, null, Image.of(document));
        return position;
    }

    @Override
    protected void handleUpdate(Integer position, Document before, Document after) {
        super.handleUpdate(position, before, after);
        LoggedChange.Operation operation = replacing ? LoggedChange.Operation.REPLACE : LoggedChange.Operation.UPDATE;
        log.append(namespace(), operation, Image.of(before), Image.of(after));
    }

    @Override
    protected void removeDocument(Integer position) {
        Image removed = Image.of(getDocument(position));
        super.removeDocument(position);
        log.append(namespace(), LoggedChange.Operation.DELETE, removed, null);
    }

    @Override
    public synchronized Document updateDocuments(
            Document selector, Document update, ArrayFilters arrayFilters, boolean multi, boolean upsert, Oplog oplog) {
        replacing = isReplacement(update);
        return super.updateDocuments(selector, update, arrayFilters, multi, upsert, oplog);
    }

    @Override
    public synchronized Document findAndModify(Document command) {
        replacing = command.get("update") instanceof Document update && isReplacement(update);
        return super.findAndModify(command);
    }

    /**
     * The documents from one {@code _id} up to another in the order of their index, as {@code min}, {@code max} and {@code hint} ask for.
     *
     * @param min {@code {_id: first}}; null for no bound
     * @param max {@code {_id: behind the last}}; null for no bound
     */
    synchronized QueryResult inKeyOrder(@Nullable Document min, @Nullable Document max, int batchSize) {
        Comparator<Object> order = ValueComparator.ascWithoutListHandling();
        List<Document> found = new ArrayList<>();
        for (Document document : handleQuery(new Document(), 0, 0)) {
            Object id = document.get("_id");
            if ((min == null || order.compare(id, min.get("_id")) >= 0)
                    && (max == null || order.compare(id, max.get("_id")) < 0)) {
                found.add(document);
            }
        }
        found.sort((left, right) -> order.compare(left.get("_id"), right.get("_id")));
        return createQueryResult(found, batchSize);
    }

    /** A batch size of 0 stands for the library's own queries, which want the stored documents and all of them. */
    @Override
    protected QueryResult createQueryResult(List<Document> matched, int batchSize) {
        if (batchSize == 0) {
            return super.createQueryResult(matched, 0);
        }
        Cursor cursor = createCursor(matched);
        List<Document> firstBatch = cursor.takeDocuments(batchSize);
        if (cursor.isEmpty()) {
            cursorRegistry.remove(cursor);
            return new QueryResult(firstBatch);
        }
        return new QueryResult(firstBatch, cursor);
    }

    @Override
    protected Cursor createCursor(List<Document> documents) {
        Cursor cursor = new DocumentCursor(cursorRegistry.generateCursorId(), documents);
        cursorRegistry.add(cursor);
        return cursor;
    }

    private Namespace namespace() {
        return new Namespace(getDatabaseName(), getCollectionName());
    }

    private static boolean isReplacement(Document update) {
        return update.keySet().stream().noneMatch(field -> field.startsWith("$"));
    }
}
