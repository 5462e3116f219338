package dev.cdcdelta.sink.table.kernel;

import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.hook.PostCommitHook.PostCommitHookType;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.checksum.CRCInfo;
import io.delta.kernel.internal.checksum.ChecksumUtils;
import io.delta.kernel.internal.checksum.ChecksumWriter;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What makes later reads cheap: checksums and checkpoints. The commit holds with or without them. */
final class PostCommit {
    private static final Logger LOG = LoggerFactory.getLogger(PostCommit.class);

    private final TableRoom room;
    private final LogReader log;

    PostCommit(TableRoom room, LogReader log) {
        this.room = room;
        this.log = log;
    }

    /**
     * Runs the hooks of a commit.
     *
     * @return the snapshot of the same version to build the next commit on: a chain of snapshots never learns of checkpoints, and
     *     without a checksum in it every commit replays the log
     */
    SnapshotImpl run(SnapshotImpl snapshot, List<PostCommitHook> hooks) {
        boolean reload = false;
        for (PostCommitHook hook : hooks) {
            if (run(snapshot, hook)) {
                reload |= hook.getType() != PostCommitHookType.CHECKSUM_SIMPLE;
            }
        }
        return reload ? reloaded(snapshot) : snapshot;
    }

    private SnapshotImpl reloaded(SnapshotImpl snapshot) {
        try {
            return log.at(snapshot.getVersion());
        } catch (RuntimeException e) {
            LOG.warn(
                    "Version {} of {} is committed, but could not be read again: commits will be slower until the next checkpoint",
                    snapshot.getVersion(),
                    room.location(),
                    e);
            return snapshot;
        }
    }

    private boolean run(SnapshotImpl snapshot, PostCommitHook hook) {
        try {
            switch (hook.getType()) {
                case CHECKPOINT -> new CheckpointWriter(room, log).write(snapshot.getVersion());
                case CHECKSUM_FULL -> writeFullChecksum(snapshot.getVersion());
                default -> hook.threadSafeInvoke(room.engine());
            }
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "Version {} of {} is committed, but its {} could not be written: readers will be slower until the next one",
                    snapshot.getVersion(),
                    room.location(),
                    hook.getType(),
                    e);
            return false;
        }
    }

    /** Kernel's own hook adds the list of files, which it cannot serialize where only some of them have deletion vectors. */
    private void writeFullChecksum(long version) throws IOException {
        SnapshotImpl snapshot = log.at(version);
        CRCInfo checksum = ChecksumUtils.computeChecksum(room.engine(), snapshot.getLogSegment(), false);
        new ChecksumWriter(snapshot.getLogPath()).writeCheckSum(room.engine(), checksum);
    }
}
