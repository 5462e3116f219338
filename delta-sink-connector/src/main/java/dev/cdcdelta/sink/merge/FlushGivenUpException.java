package dev.cdcdelta.sink.merge;

/** The table moved on in a way that the batch was not made for; nothing of it is in the table, and its records must be read again. */
public final class FlushGivenUpException extends Exception {
    private static final long serialVersionUID = 1L;

    FlushGivenUpException(String message) {
        super(message);
    }

    FlushGivenUpException(String message, Throwable cause) {
        super(message, cause);
    }
}
