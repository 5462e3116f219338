package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.LostRaceException;
import io.delta.kernel.commit.CommitFailedException;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;

/** Who won a version when the attempt to commit it ended in an exception. The log is the judge. */
final class CommitOutcome {
    private final LogHistory history;
    private final String location;

    CommitOutcome(LogHistory history, String location) {
        this.history = history;
        this.location = location;
    }

    /**
     * Returns normally if the version is ours in spite of the failure.
     *
     * @throws LostRaceException if it is somebody else's
     * @throws ConnectException if it is nobody's
     */
    void settle(long version, Optional<String> identity, RuntimeException failure) throws LostRaceException {
        if (failure.getCause() instanceof CommitFailedException conflict && conflict.isConflict()) {
            throw lost(version, failure);
        }
        Optional<String> writer;
        try {
            writer = history.writerOf(version);
        } catch (IOException e) {
            failure.addSuppressed(e);
            throw failed(version, "and whether it is in the log could not be read", failure);
        }
        if (writer.isEmpty()) {
            throw failed(version, "and it is not in the log", failure);
        }
        if (!writer.equals(identity)) {
            throw lost(version, failure);
        }
    }

    private LostRaceException lost(long version, RuntimeException cause) {
        return new LostRaceException("Another writer committed version " + version + " of " + location, cause);
    }

    private ConnectException failed(long version, String state, RuntimeException cause) {
        return new ConnectException(
                "The commit of version " + version + " of " + location + " failed, " + state
                        + ". Check the storage, then restart the task: it goes on from the offsets in the table.",
                cause);
    }
}
