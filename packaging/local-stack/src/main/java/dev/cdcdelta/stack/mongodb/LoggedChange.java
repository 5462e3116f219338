package dev.cdcdelta.stack.mongodb;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the {@link ChangeLog}.
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
        @Nullable Image before,
        @Nullable Image after) {

    /** What an entry occupies besides its images, about. */
    private static final int OVERHEAD_BYTES = 250;

    /** The memory that the entry occupies, about. */
    long bytes() {
        return OVERHEAD_BYTES + (before == null ? 0L : before.size()) + (after == null ? 0L : after.size());
    }

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
