package dev.cdcdelta.admin.offsets;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.ConnectorOffsets;
import dev.cdcdelta.admin.rest.ConnectorStatus;
import dev.cdcdelta.admin.rest.Connectors;
import dev.cdcdelta.admin.rest.Pause;
import java.time.Duration;
import java.util.Optional;

/** Stops a connector where it is not stopped, changes its offsets, and has it run again if it ran before. */
public final class OffsetChange {
    private static final String STOPPED = "STOPPED";
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Connectors connectors;
    private final ConnectorOffsets offsets;
    private final Duration timeout;

    /** @param timeout how long to wait until the connector has stopped */
    public OffsetChange(ConnectHttp http, Duration timeout) {
        this.connectors = new Connectors(http);
        this.offsets = new ConnectorOffsets(http);
        this.timeout = timeout;
    }

    /**
     * Carries a plan out. A connector that was paused is stopped afterwards, as Connect has no way back into a pause without a run.
     *
     * @return the state in which the connector is left
     */
    public String apply(String connector, OffsetPlan plan, boolean whole) {
        String before = state(connector).orElse("UNASSIGNED");
        if (!before.equals(STOPPED)) {
            connectors.stop(connector);
            awaitStop(connector);
        }
        try {
            if (whole) {
                offsets.reset(connector);
            } else {
                offsets.alter(connector, plan.steps().stream().map(OffsetPlan.Step::entry).toList());
            }
        } finally {
            if (before.equals(ConnectorStatus.RUNNING) || before.equals(ConnectorStatus.FAILED)) {
                connectors.resume(connector);
            }
        }
        return before.equals(ConnectorStatus.RUNNING) || before.equals(ConnectorStatus.FAILED) ? "resumed" : "stopped";
    }

    private Optional<String> state(String connector) {
        return connectors.status(connector).map(status -> status.connector().state());
    }

    /** Its tasks are gone then, too. */
    private void awaitStop(String connector) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (connectors
                .status(connector)
                .filter(status -> status.connector().state().equals(STOPPED) && status.tasks().isEmpty())
                .isEmpty()) {
            if (System.nanoTime() >= deadline) {
                throw new CommandException(
                        ExitCode.TIMED_OUT,
                        "Connector " + connector + " has not stopped after " + timeout.toSeconds() + " s; its offsets are as they were.",
                        "It is to stop, and a task of it has not ended.",
                        "Look at its status, then run the command again; resume it if you give up.");
            }
            Pause.of(PAUSE);
        }
    }
}
