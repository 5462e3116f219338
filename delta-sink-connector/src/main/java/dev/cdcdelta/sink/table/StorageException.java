package dev.cdcdelta.sink.table;

import org.apache.kafka.connect.errors.ConnectException;

/**
 * The storage failed in a way that may pass: a server that is busy, a connection that broke, a time that ran out. Whoever may wait can
 * try again.
 *
 * <p>Trying again is safe after {@link DeltaTable#refresh}: reading has no effect, an unfinished data file is abandoned, and whether a
 * commit happened is told by the offsets in the snapshot. Files of a commit whose outcome is unknown are out of the caller's hands:
 * {@link DeltaTable#discard} leaves them alone.
 */
public final class StorageException extends ConnectException {
    private static final long serialVersionUID = 1L;

    private final boolean settled;

    /** @param settled whether it is certain that nothing was committed */
    public StorageException(String message, Throwable cause, boolean settled) {
        super(message, cause);
        this.settled = settled;
    }

    /** Whether it is certain that nothing was committed; if not, the offsets in the table will tell. */
    public boolean settled() {
        return settled;
    }
}
