package dev.cdcdelta.sink.table.kernel;

import static io.delta.kernel.internal.TableConfig.CHECKPOINT_INTERVAL;

import io.delta.kernel.internal.checksum.ChecksumWriter;
import io.delta.kernel.internal.fs.Path;

/** What keeps a log cheap to read: a checksum for each version and a checkpoint now and then. The commit holds with or without them. */
final class LogKeeper {
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
        if (version > before.view().version()
                && version % CHECKPOINT_INTERVAL.fromMetadata(committed.metadata()) == 0) {
            room.maintenance()
                    .submit(room.location(), "checkpoint", () -> new CheckpointWriter(room, log).write(version));
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
