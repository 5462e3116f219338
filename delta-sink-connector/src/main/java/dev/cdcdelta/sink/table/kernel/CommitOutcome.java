package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.StorageException;
import io.delta.kernel.commit.CommitFailedException;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;

/** Who won a version when the attempt to commit it ended in an exception. The log is the judge. */
final class CommitOutcome {
    private final LogHistory history;
    private final String location;
    private final Patience patience;

    CommitOutcome(LogHistory history, String location, Patience patience) {
        this.history = history;
        this.location = location;
        this.patience = patience;
    }

    /**
     * Returns normally if the version is ours in spite of the failure.
     *
     * @throws LostRaceException if it is somebody else's
     * @throws StorageException if it is nobody's yet, or whose it is cannot be read
     * @throws ConnectException if it is nobody's, and another attempt will not help
     */
    void settle(long version, Optional<String> identity, RuntimeException failure) throws LostRaceException {
        if (failure.getCause() instanceof CommitFailedException conflict && conflict.isConflict()) {
            throw lost(version, failure);
        }
        if (identity.isEmpty() && !(failure instanceof io.delta.kernel.exceptions.KernelEngineException)) {
            // Not a byte of it was sent.
            throw failure;
        }
        Optional<String> writer;
        try {
            writer = patience.retry(() -> history.writerOf(version));
        } catch (IOException e) {
            failure.addSuppressed(e);
            throw new StorageException(
                    message(version, "and whether it is in the log could not be read")
                            + ". Check the storage, then restart the task: it goes on from the offsets in the table.",
                    failure,
                    false);
        }
        if (writer.isEmpty()) {
            throw nobodys(version, failure);
        }
        if (!writer.equals(identity)) {
            throw lost(version, failure);
        }
    }

    private LostRaceException lost(long version, RuntimeException cause) {
        return new LostRaceException("Another writer committed version " + version + " of " + location, cause);
    }

    private ConnectException nobodys(long version, RuntimeException cause) {
        String message = message(version, "and it is not in the log") + ": " + StorageFailure.root(cause)
                + ". Check the storage, then restart the task: it goes on from the offsets in the table.";
        return StorageFailure.mayPass(cause)
                ? new StorageException(message, cause, !StorageFailure.mayStillHappen(cause))
                : new ConnectException(message, cause);
    }

    private String message(long version, String state) {
        return "The commit of version " + version + " of " + location + " failed, " + state;
    }
}
