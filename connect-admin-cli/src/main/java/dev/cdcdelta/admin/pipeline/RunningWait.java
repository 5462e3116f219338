package dev.cdcdelta.admin.pipeline;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.rest.ConnectorStatus;
import dev.cdcdelta.admin.rest.Connectors;
import dev.cdcdelta.admin.rest.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Waits until connectors and all their tasks are as they should be. */
public final class RunningWait {
    private final Connectors connectors;
    private final Duration timeout;
    private final Duration pause;
    private final Duration grace;

    /**
     * @param pause between two looks
     * @param grace how long a failure may last before it counts: the status of a connector that was just reconfigured is its old
     *     one for a moment
     */
    public RunningWait(Connectors connectors, Duration timeout, Duration pause, Duration grace) {
        this.connectors = connectors;
        this.timeout = timeout;
        this.pause = pause;
        this.grace = grace;
    }

    /** With the pauses of a person's patience. */
    public static RunningWait within(Connectors connectors, Duration timeout) {
        return new RunningWait(connectors, timeout, Duration.ofMillis(250), Duration.ofSeconds(3));
    }

    /** Returns once all of them run; throws when a part of one has failed or the time is over. */
    public void until(List<String> names) {
        until(names, Goal.RUNNING);
    }

    /** Returns once all of them are there; throws when a part of one has failed or the time is over. */
    public void until(List<String> names, Goal goal) {
        long start = System.nanoTime();
        names.forEach(name -> until(name, goal, start));
    }

    private void until(String connector, Goal goal, long start) {
        while (true) {
            Optional<ConnectorStatus> status = connectors.status(connector);
            if (status.filter(goal::isReached).isPresent()) {
                return;
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            if (waited.compareTo(grace) >= 0) {
                status.flatMap(ConnectorStatus::failure).ifPresent(part -> {
                    throw failed(connector, part);
                });
            }
            if (waited.compareTo(timeout) >= 0) {
                throw timedOut(connector, goal, status);
            }
            Pause.of(pause);
        }
    }

    private static CommandException failed(String connector, ConnectorStatus.Part part) {
        String what = part.id() == null ? "Connector " + connector : "Task " + part.id() + " of connector " + connector;
        return new CommandException(
                ExitCode.CHECK_FAILED,
                what + " failed on worker " + part.workerId() + ".",
                part.firstTraceLine(),
                "Mend the cause and run the command again; 'pipeline status' shows the state, the worker's log the whole trace.");
    }

    private CommandException timedOut(String connector, Goal goal, Optional<ConnectorStatus> status) {
        String seen = status.map(found -> "Its state is " + found.connector().state() + " with " + found.runningTasks()
                        + " of " + found.tasks().size() + " tasks running.")
                .orElse("The workers have not taken it up.");
        return new CommandException(
                ExitCode.TIMED_OUT,
                "Connector " + connector + " " + goal.missed() + " after " + timeout.toSeconds() + " s.",
                seen,
                "Look at 'pipeline status', or wait longer with --timeout.");
    }
}
