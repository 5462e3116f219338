package dev.cdcdelta.reconcile.barrier;

import dev.cdcdelta.reconcile.finding.UnverifiableException;

/** The pipeline does not bring the table up to the operation time: nothing can be said of the table. */
public final class BarrierException extends UnverifiableException {
    private static final long serialVersionUID = 1L;

    public BarrierException(String message) {
        super(message);
    }
}
