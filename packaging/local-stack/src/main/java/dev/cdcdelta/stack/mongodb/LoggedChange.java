package dev.cdcdelta.stack.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the {@link ChangeLog}. The images are private copies: nobody changes them.
 *
 * @param timestamp the cluster time, unique among all changes
 * @param before the document before the change; null for an insert or a drop
 * @param after the document after the change; null for a delete or a drop
 */
record LoggedChange(
        long timestamp,
        Instant wallTime,
        Namespace namespace,
        Operation operation,
        @Nullable Document before,
        @Nullable Document after) {

    enum Operation {
        INSERT("insert"),
        UPDATE("update"),
        REPLACE("replace"),
        DELETE("delete"),
        DROP("drop");

        private final String operationType;

        Operation(String operationType) {
            this.operationType = operationType;
        }

        /** The name in a change event. */
        String operationType() {
            return operationType;
        }
    }
}
