package dev.cdcdelta.reconcile.finding;

/** Nothing can be said of a table, and the message says why: that is what a run has found out, and no failure of the run. */
public class UnverifiableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnverifiableException(String message) {
        super(message);
    }
}
