package dev.cdcdelta.admin.reconcile;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.rest.ConnectorStatus;
import dev.cdcdelta.admin.rest.Pause;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Waits for the end of a run. */
public final class RunWait {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Reading the topics should take no more than this share of the time. */
    private static final int PAUSES_PER_READING = 5;

    private final Supplier<RunState> states;
    private final Supplier<Optional<ConnectorStatus>> status;
    private final Consumer<RunState> progress;

    /**
     * Looks again and again.
     *
     * @param status of the connector; a part of it that failed ends the wait
     * @param progress is told of each look
     */
    public RunWait(
            Supplier<RunState> states,
            Supplier<Optional<ConnectorStatus>> status,
            Consumer<RunState> progress) {
        this.states = states;
        this.status = status;
        this.progress = progress;
    }

    /** @throws CommandException if the connector failed, or the time is over */
    public RunState untilEnd(String connector, Duration timeout) {
        long start = System.nanoTime();
        while (true) {
            long before = System.nanoTime();
            RunState state = states.get();
            progress.accept(state);
            if (state.hasEnded()) {
                return state;
            }
            status.get().flatMap(ConnectorStatus::failure).ifPresent(part -> {
                throw new CommandException(
                        ExitCode.CHECK_FAILED,
                        "Run " + state.run() + " has not ended: a part of connector " + connector + " failed on worker "
                                + part.workerId() + ".",
                        part.firstTraceLine(),
                        "Mend the cause and restart the connector's failed tasks: the run goes on where it was.");
            });
            long now = System.nanoTime();
            if (now - start >= timeout.toNanos()) {
                throw new CommandException(
                        ExitCode.TIMED_OUT,
                        "Run " + state.run() + " has not ended after " + timeout.toSeconds() + " s.",
                        state.isPlanned()
                                ? Math.round(state.share() * 100) + " % of it are done."
                                : "The connector has made no plan of it yet.",
                        "It goes on: look with 'reconcile status', or wait longer with --timeout.");
            }
            Duration reading = Duration.ofNanos(now - before).multipliedBy(PAUSES_PER_READING);
            Pause.of(reading.compareTo(PAUSE) > 0 ? reading : PAUSE);
        }
    }
}
