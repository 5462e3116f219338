package dev.cdcdelta.stack.mongodb;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import java.util.OptionalLong;

/**
 * The $changeStream stage.
 *
 * @param startAfter the cluster time after which events are wanted; empty for "from now on"
 */
record ChangeStreamOptions(OptionalLong startAfter, FullDocument fullDocument, boolean beforeImage) {

    enum FullDocument {
        /** Only inserts and replacements carry the document. */
        CHANGED_ONLY,
        /** Updates carry the document as it is when the event is read; it may be gone. */
        LOOKED_UP,
        /** Updates carry the document as it was right after the change. */
        POST_IMAGE
    }

    static ChangeStreamOptions parse(Document wholeStage) {
        Document stage = wholeStage.get("$changeStream") instanceof Document fields ? fields : new Document();
        return new ChangeStreamOptions(
                startAfter(stage),
                switch (String.valueOf(stage.get("fullDocument"))) {
                    case "updateLookup" -> FullDocument.LOOKED_UP;
                    case "whenAvailable", "required" -> FullDocument.POST_IMAGE;
                    default -> FullDocument.CHANGED_ONLY;
                },
                switch (String.valueOf(stage.get("fullDocumentBeforeChange"))) {
                    case "whenAvailable", "required" -> true;
                    default -> false;
                });
    }

    private static OptionalLong startAfter(Document stage) {
        for (String option : new String[] {"startAfter", "resumeAfter"}) {
            if (stage.get(option) instanceof Document token) {
                return OptionalLong.of(ResumeToken.parse(token).timestamp());
            }
        }
        if (stage.get("startAtOperationTime") instanceof BsonTimestamp timestamp) {
            return OptionalLong.of(timestamp.getValue() - 1);
        }
        return OptionalLong.empty();
    }
}
