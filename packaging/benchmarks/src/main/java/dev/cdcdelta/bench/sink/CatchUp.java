package dev.cdcdelta.bench.sink;

import dev.cdcdelta.stack.process.StackException;
import java.time.Duration;
import java.util.Optional;

/** Waits until a sink has consumed its topic. It is given up on when it stands still for too long, or a task fails. */
public final class CatchUp {
    private static final long PAUSE_MILLIS = 300;

    private final SinkConnector connector;
    private final GroupProgress progress;
    private final Duration standstill;

    public CatchUp(SinkConnector connector, GroupProgress progress, Duration standstill) {
        this.connector = connector;
        this.progress = progress;
        this.standstill = standstill;
    }

    /** @return why the sink does not catch up; empty if it has */
    public Optional<String> await() {
        long least = Long.MAX_VALUE;
        long since = System.nanoTime();
        while (true) {
            long behind = progress.behind();
            if (behind == 0) {
                return Optional.empty();
            }
            if (behind < least) {
                least = behind;
                since = System.nanoTime();
            }
            Optional<String> failure = connector.failure();
            if (failure.isPresent()) {
                return failure.map(trace -> "a task has failed: " + trace);
            }
            if (System.nanoTime() - since > standstill.toNanos()) {
                return Optional.of(
                        "nothing was consumed for " + standstill.toSeconds() + " s, with " + behind + " records to go");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while a sink caught up", e);
        }
    }
}
