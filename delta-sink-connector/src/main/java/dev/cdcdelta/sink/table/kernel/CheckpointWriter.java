package dev.cdcdelta.sink.table.kernel;

import static io.delta.kernel.internal.TableConfig.EXPIRED_LOG_CLEANUP_ENABLED;
import static io.delta.kernel.internal.TableConfig.LOG_RETENTION;
import static io.delta.kernel.internal.TableConfig.TOMBSTONE_RETENTION;

import dev.cdcdelta.sink.table.storage.HeldFile;
import io.delta.kernel.defaults.engine.DefaultParquetHandler;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.checkpoints.CheckpointMetaData;
import io.delta.kernel.internal.checkpoints.Checkpointer;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.replay.CreateCheckpointIterator;
import io.delta.kernel.internal.snapshot.MetadataCleanup;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes a classic checkpoint, points {@code _last_checkpoint} to it, and cleans up expired log files. */
final class CheckpointWriter {
    private static final String CHECKPOINT_PROTECTION = "checkpointProtection";

    private final TableRoom room;
    private final LogReader log;

    CheckpointWriter(TableRoom room, LogReader log) {
        this.room = room;
        this.log = log;
    }

    void write(long version) throws IOException {
        SnapshotImpl snapshot = snapshot(version);
        Metadata metadata = snapshot.getMetadata();
        long horizon = room.clock().millis() - TOMBSTONE_RETENTION.fromMetadata(metadata);
        CreateCheckpointIterator actions = snapshot.getCreateCheckpointIterator(room.engine());
        String path =
                FileNames.checkpointFileSingular(snapshot.getLogPath(), version).toString();
        try (TombstoneKeeper kept = new TombstoneKeeper(room.engine(), actions, horizon);
                HeldFile checkpoint = new HeldFile(room.files(), path)) {
            new DefaultParquetHandler(checkpoint).writeParquetFileAtomically(path, kept);
            checkpoint.publish();
        }
        new Checkpointer(snapshot.getLogPath())
                .writeLastCheckpointFile(
                        room.engine(),
                        new CheckpointMetaData(version, actions.getNumberOfAddActions(), Optional.empty()));
        if (EXPIRED_LOG_CLEANUP_ENABLED.fromMetadata(metadata)
                && !snapshot.getProtocol().getWriterFeatures().contains(CHECKPOINT_PROTECTION)) {
            MetadataCleanup.cleanupExpiredLogs(
                    room.engine(),
                    () -> room.clock().millis(),
                    snapshot.getDataPath(),
                    LOG_RETENTION.fromMetadata(metadata));
            deleteWhatStandsForNoCommit(snapshot.getLogPath().toString());
        }
    }

    /** The way to the newest version leads over {@code _last_checkpoint}; before any other, Kernel lists a thousand versions. */
    private SnapshotImpl snapshot(long version) {
        return log.newest().filter(newest -> newest.getVersion() == version).orElseGet(() -> log.at(version));
    }

    /**
     * Kernel 4.4.0 cleans up commits and checkpoints, and leaves their checksums and compactions for ever. The listing is in the order of
     * versions.
     */
    private void deleteWhatStandsForNoCommit(String logPath) throws IOException {
        Map<String, Long> others = new HashMap<>();
        OptionalLong oldestCommit = OptionalLong.empty();
        try (CloseableIterator<FileStatus> files =
                room.files().listFrom(FileNames.listingPrefix(new Path(logPath), 0))) {
            while (files.hasNext() && oldestCommit.isEmpty()) {
                String path = files.next().getPath();
                if (FileNames.isCommitFile(path)) {
                    oldestCommit = OptionalLong.of(FileNames.deltaVersion(path));
                } else if (FileNames.isChecksumFile(path)) {
                    others.put(path, FileNames.checksumVersion(path));
                } else if (FileNames.isLogCompactionFile(path)) {
                    others.put(path, FileNames.logCompactionVersions(path)._2);
                }
            }
        }
        for (Map.Entry<String, Long> other : others.entrySet()) {
            if (other.getValue() < oldestCommit.orElse(0)) {
                room.files().delete(other.getKey());
            }
        }
    }
}
