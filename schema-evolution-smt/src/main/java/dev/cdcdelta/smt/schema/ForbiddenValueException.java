package dev.cdcdelta.smt.schema;

import org.apache.kafka.connect.errors.ConnectException;

/** A value in conflict with its field under {@link ConflictPolicy#FAIL}: no fault of one record, but the user's wish to stop. */
public final class ForbiddenValueException extends ConnectException {
    private static final long serialVersionUID = 1L;

    public ForbiddenValueException(String message) {
        super(message);
    }

    /** The same, with the record it came in. */
    public ForbiddenValueException(String message, ForbiddenValueException cause) {
        super(message, cause);
    }
}
