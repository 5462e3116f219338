package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.barrier.BarrierException;
import dev.cdcdelta.reconcile.source.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/** Lets nobody pass while the pipeline is too far behind: reading would take from it what it needs to catch up. */
final class LagGate implements Runnable {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final LongSupplier lag;
    private final long most;
    private final Duration patience;
    private final Clock clock;
    private final Pause pause;
    private Instant looked = Instant.EPOCH;

    /**
     * @param lag in records
     * @param most 0 for a gate that is always open
     */
    LagGate(LongSupplier lag, long most, Duration patience, Clock clock, Pause pause) {
        this.lag = lag;
        this.most = most;
        this.patience = patience;
        this.clock = clock;
        this.pause = pause;
    }

    /** @throws BarrierException if it takes too long */
    @Override
    public void run() {
        Instant begin = clock.instant();
        if (most == 0 || begin.isBefore(looked.plus(LOOK_AGAIN))) {
            return;
        }
        for (long behind = lag.getAsLong(); behind > most; behind = lag.getAsLong()) {
            if (clock.instant().isAfter(begin.plus(patience))) {
                throw new BarrierException(
                        "The sink has been more than " + most + " records behind for " + patience.toSeconds()
                                + " s, " + behind
                                + " by now. Give it more tasks or less to do, or raise 'load.max.lag.records',"
                                + " then begin a new run");
            }
            pause.forTime(LOOK_AGAIN);
        }
        looked = clock.instant();
    }
}
