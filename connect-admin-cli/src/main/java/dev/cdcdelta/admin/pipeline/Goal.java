package dev.cdcdelta.admin.pipeline;

import dev.cdcdelta.admin.rest.ConnectorStatus;
import java.util.function.Predicate;

/** How a connector and its tasks are to be. */
public enum Goal {
    RUNNING("does not run", ConnectorStatus::running),
    PAUSED("is not paused", status -> isAll(status, "PAUSED")),
    /** A stopped connector has no tasks. */
    STOPPED(
            "is not stopped",
            status -> isAll(status, "STOPPED") && status.tasks().isEmpty());

    private final String missed;
    private final Predicate<ConnectorStatus> reached;

    Goal(String missed, Predicate<ConnectorStatus> reached) {
        this.missed = missed;
        this.reached = reached;
    }

    boolean isReached(ConnectorStatus status) {
        return reached.test(status);
    }

    /** What is said of a connector that has not reached it. */
    String missed() {
        return missed;
    }

    private static boolean isAll(ConnectorStatus status, String state) {
        return status.connector().state().equals(state)
                && status.tasks().stream().allMatch(task -> task.state().equals(state));
    }
}
