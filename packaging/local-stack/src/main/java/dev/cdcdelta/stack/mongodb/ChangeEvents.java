package dev.cdcdelta.stack.mongodb;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns logged changes into the events that one change stream asked for. */
final class ChangeEvents {
    /** Finds the present state of a document, for looked-up documents. */
    interface Lookup {
        @Nullable
        Document find(Namespace namespace, Object id);
    }

    private final ChangeStreamOptions options;
    private final Lookup lookup;

    ChangeEvents(ChangeStreamOptions options, Lookup lookup) {
        this.options = options;
        this.lookup = lookup;
    }

    Document event(LoggedChange change) {
        Document event = new Document("_id", new ResumeToken(change.timestamp()).toDocument())
                .append("operationType", change.operation().operationType())
                .append("clusterTime", new BsonTimestamp(change.timestamp()))
                .append("wallTime", change.wallTime())
                .append(
                        "ns",
                        new Document("db", change.namespace().database())
                                .append("coll", change.namespace().collection()));
        switch (change.operation()) {
            case INSERT, REPLACE ->
                event.append("documentKey", key(change)).append("fullDocument", document(change.after()));
            case UPDATE -> appendUpdate(event, change);
            case DELETE -> event.append("documentKey", key(change));
            case DROP -> {}
        }
        if (options.beforeImage() && change.before() != null) {
            event.append("fullDocumentBeforeChange", change.before().document());
        }
        return event;
    }

    private void appendUpdate(Document event, LoggedChange change) {
        event.append("documentKey", key(change));
        switch (options.fullDocument()) {
            case CHANGED_ONLY -> {}
            case LOOKED_UP -> event.append("fullDocument", lookup.find(change.namespace(), id(change)));
            case POST_IMAGE -> event.append("fullDocument", document(change.after()));
        }
        if (change.before() != null && change.after() != null) {
            event.append(
                    "updateDescription",
                    UpdateDescription.between(
                            change.before().document(), change.after().document()));
        }
    }

    private static Document key(LoggedChange change) {
        return new Document("_id", id(change));
    }

    private static Object id(LoggedChange change) {
        Image image = change.after() != null ? change.after() : change.before();
        if (image == null) {
            throw new IllegalStateException("a " + change.operation() + " has no document");
        }
        return Objects.requireNonNull(image.document().get("_id"), "_id");
    }

    private static @Nullable Document document(@Nullable Image image) {
        return image == null ? null : image.document();
    }
}
