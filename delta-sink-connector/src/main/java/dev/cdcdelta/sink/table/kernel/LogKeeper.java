package dev.cdcdelta.sink.table.kernel;

import static io.delta.kernel.internal.TableConfig.CHECKPOINT_INTERVAL;

import io.delta.kernel.internal.checksum.ChecksumWriter;
import io.delta.kernel.internal.fs.Path;

/**
 * What keeps a log cheap to read: a checksum for each version, a checkpoint now and then, and where checkpoints are far apart, compacted
 * commits between them. The commit holds with or without them.
 */
final class LogKeeper {
    /** With checkpoints at Delta's default interval nothing is compacted. */
    private static final int COMPACTED_COMMITS = 10;

    private final TableRoom room;
    private final LogReader log;

    LogKeeper(TableRoom room, LogReader log) {
        this.room = room;
        this.log = log;
    }

    /** Hands on what a version needs; a state is immutable, so that the work may be done at any time. */
    void after(TableState before, TableState committed) {
        long version = committed.view().version();
        checksum(committed);
        if (version <= before.view().version()) {
            return;
        }
        long sinceCheckpoint = version % CHECKPOINT_INTERVAL.fromMetadata(committed.metadata());
        if (sinceCheckpoint == 0) {
            room.maintenance()
                    .submit(room.location(), "checkpoint", () -> new CheckpointWriter(room, log).write(version));
        } else if (sinceCheckpoint % COMPACTED_COMMITS == 0) {
            room.maintenance()
                    .submit(
                            room.location(),
                            "log compaction",
                            () -> new LogCompaction(room).write(version - COMPACTED_COMMITS + 1, version));
        }
    }

    void checksum(TableState state) {
        room.maintenance()
                .submit(
                        room.location(),
                        "checksum",
                        () -> new ChecksumWriter(new Path(new Path(room.location()), "_delta_log"))
                                .writeCheckSum(room.engine(), KernelSnapshots.checksum(state)));
    }
}
