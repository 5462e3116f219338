package dev.cdcdelta.sink.table;

/** Another writer took the version; nothing of the commit is in the table. Refresh, check the offsets, plan again. */
public final class LostRaceException extends Exception {
    private static final long serialVersionUID = 1L;

    public LostRaceException(String message) {
        super(message);
    }

    public LostRaceException(String message, Throwable cause) {
        super(message, cause);
    }
}
