package dev.cdcdelta.smt.schema;

import org.apache.kafka.connect.errors.ConnectException;

/** A conflict that is to stop the task: no error tolerance is meant to cover it. */
public final class ConflictException extends ConnectException {
    private static final long serialVersionUID = 1L;

    public ConflictException(String message) {
        super(message);
    }

    public ConflictException(String message, Throwable cause) {
        super(message, cause);
    }
}
