package dev.cdcdelta.reconcile.source;

import java.time.Duration;

/** Waits; wakes up and fails where the task is stopped. */
@FunctionalInterface
public interface Pause {
    /** @throws StoppedException if the task is being stopped */
    void forTime(Duration time);

    /** The task is being stopped: what it was at is left as it is, and is taken up again where it was. */
    final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public StoppedException() {
            super("The task is being stopped");
        }
    }
}
