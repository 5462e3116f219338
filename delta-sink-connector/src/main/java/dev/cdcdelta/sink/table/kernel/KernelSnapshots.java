package dev.cdcdelta.sink.table.kernel;

import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.checksum.CRCInfo;
import io.delta.kernel.internal.commit.DefaultFileSystemManagedTableOnlyCommitter;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.lang.Lazy;
import io.delta.kernel.internal.metrics.SnapshotQueryContext;
import io.delta.kernel.internal.replay.LogReplay;
import io.delta.kernel.internal.snapshot.LogSegment;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.utils.FileStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Kernel's own idea of a version, made of our state without I/O. It is good for building a commit on: Kernel asks it for protocol,
 * metadata, domains and the in-commit timestamp, which it has. It is not good for scans, as its list of log files holds the last alone.
 */
final class KernelSnapshots {
    private KernelSnapshots() {}

    static SnapshotImpl of(TableRoom room, TableState state) {
        Path table = new Path(room.location());
        Path logPath = new Path(table, "_delta_log");
        long version = state.view().version();
        FileStatus commit = FileStatus.of(FileNames.deltaFile(logPath, version));
        Lazy<LogSegment> segment = new Lazy<>(() -> new LogSegment(
                logPath,
                version,
                List.of(commit),
                List.of(),
                List.of(),
                commit,
                Optional.empty(),
                Optional.of(version)));
        Lazy<Optional<CRCInfo>> checksum = new Lazy<>(() -> Optional.of(checksum(state)));
        return new SnapshotImpl(
                table,
                version,
                segment,
                new LogReplay(room.engine(), table, segment, checksum),
                state.protocol(),
                state.metadata(),
                DefaultFileSystemManagedTableOnlyCommitter.INSTANCE,
                SnapshotQueryContext.forVersionSnapshot(room.location(), version),
                state.inCommitTimestamp());
    }

    /** Without the list of files, which Kernel cannot serialize where only some of them have deletion vectors. */
    static CRCInfo checksum(TableState state) {
        return new CRCInfo(
                state.view().version(),
                state.metadata(),
                state.protocol(),
                state.bytes(),
                state.files().size(),
                Optional.empty(),
                Optional.of(new HashSet<>(state.domains().values())),
                Optional.empty(),
                state.inCommitTimestamp(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
