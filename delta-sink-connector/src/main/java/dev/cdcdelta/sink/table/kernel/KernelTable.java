package dev.cdcdelta.sink.table.kernel;

import static io.delta.kernel.internal.TableConfig.LOG_RETENTION;

import dev.cdcdelta.sink.table.CommitSummary;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.StorageException;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.TableFeature;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.sink.table.WrittenFile;
import io.delta.kernel.Operation;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TransactionImpl;
import io.delta.kernel.internal.actions.DomainMetadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.tablefeatures.TableFeatures;
import io.delta.kernel.utils.CloseableIterable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** A table's state at one version, and the way to the next. Confined to one thread at a time. */
public final class KernelTable {
    static final String ENGINE = "mongodb-cdc-delta";

    /** Beyond it a checkpoint is likely to tell more with fewer requests. */
    private static final int MOST_COMMITS_TO_FOLLOW = 200;

    private static final Duration LONGEST_UNSEEN = Duration.ofHours(1);

    private final TableRoom room;
    private final LogReader log;
    private final LogTail tail;
    private final FilePacker packer;
    private final LogHistory history;
    private final DeletionVectors vectors;
    private final LogKeeper keeper;
    private final ChangeLog changes = new ChangeLog();
    private TableState state;
    private Instant seen;

    private KernelTable(
            TableRoom room, LogReader log, LogTail tail, FilePacker packer, TableState state, Instant seen) {
        this.packer = packer;
        this.room = room;
        this.seen = seen;
        this.log = log;
        this.tail = tail;
        this.history = new LogHistory(room.files(), room.location());
        this.vectors = new DeletionVectors(room.engine(), room.files(), room.location());
        this.keeper = new LogKeeper(room, log);
        this.state = state;
    }

    public static Optional<KernelTable> open(TableRoom room) throws IOException {
        Instant begin = room.clock().instant();
        FilePacker packer = new FilePacker();
        LogTail tail = new LogTail(room.files(), room.location(), packer);
        LogReader log = new LogReader(room.engine(), room.files(), room.location(), tail, packer);
        Optional<SnapshotImpl> snapshot = log.newest();
        return snapshot.isEmpty()
                ? Optional.empty()
                : Optional.of(new KernelTable(room, log, tail, packer, log.state(snapshot.get()), begin));
    }

    /**
     * The table as it was at a version; empty if there is no table.
     *
     * @throws io.delta.kernel.exceptions.KernelException if the log does not tell that version, or not any more
     */
    public static Optional<KernelTable> openAt(TableRoom room, long version) throws IOException {
        Instant begin = room.clock().instant();
        FilePacker packer = new FilePacker();
        LogTail tail = new LogTail(room.files(), room.location(), packer);
        LogReader log = new LogReader(room.engine(), room.files(), room.location(), tail, packer);
        return log.newest().isEmpty()
                ? Optional.empty()
                : Optional.of(new KernelTable(room, log, tail, packer, log.state(log.at(version)), begin));
    }

    public TableSnapshot view() {
        return state.view();
    }

    /** Follows the log commit by commit where that leads to the same as reading the table anew. */
    public TableSnapshot refresh() throws IOException {
        boolean wasOld = isOld();
        Instant begin = room.clock().instant();
        OptionalLong there = follow(wasOld);
        if (there.isPresent()) {
            reload(there.getAsLong());
        }
        seen = begin;
        return state.view();
    }

    /**
     * Whether the newest version was looked for so long ago that the log may have been cleaned up behind it: to a commit, a version that
     * others took and that has expired would seem to be free, and no reader would ever see what is written there.
     */
    public boolean isOld() {
        Duration retention = Duration.ofMillis(LOG_RETENTION.fromMetadata(state.metadata()));
        Duration longest =
                retention.dividedBy(2).compareTo(LONGEST_UNSEEN) < 0 ? retention.dividedBy(2) : LONGEST_UNSEEN;
        return Duration.between(seen, room.clock().instant()).compareTo(longest) > 0;
    }

    /**
     * A log loses its oldest commits first. So the version behind one that is still there is missing only if nobody has taken it.
     *
     * @return empty if the log has led from the state to the newest version; otherwise a version that is known to be there, or a negative
     *     number if none is
     */
    private OptionalLong follow(boolean wasOld) throws IOException {
        for (int followed = 0; followed < MOST_COMMITS_TO_FOLLOW; followed++) {
            Optional<LogTail.Commit> commit = tail.read(state.view().version() + 1);
            boolean checked = followed > 0 && (commit.isPresent() || !wasOld);
            if (!checked && !tail.holds(state.view().version(), state.mark())) {
                return OptionalLong.of(-1);
            }
            if (commit.isEmpty()) {
                return OptionalLong.empty();
            }
            if (commit.get().change().isEmpty()) {
                return OptionalLong.of(state.view().version() + 1);
            }
            move(commit.get().change().get());
        }
        return OptionalLong.of(state.view().version());
    }

    private void move(StateChange change) {
        long version = state.view().version();
        state = state.next(change);
        changes.step(version, version + 1, change.paths());
    }

    /** @param there a version that the listing of the log has to show; some stores' listings are behind */
    private void reload(long there) throws IOException {
        TableState before = state;
        Optional<SnapshotImpl> newest = log.newest();
        long found = newest.map(SnapshotImpl::getVersion).orElse(-1L);
        if (found < there) {
            throw new IOException("its log has version " + there + ", but the listing ends at " + found);
        }
        state = log.state(newest.orElseThrow(() -> new ConnectException("The table " + room.location()
                + " is gone. If that was intended, restart the task: it creates the table anew.")));
        long from = before.view().version();
        long to = state.view().version();
        if (to > from && state.view().tableId().equals(before.view().tableId())) {
            changes.step(from, to, ChangeLog.difference(before, state));
        } else if (to < from || !state.view().tableId().equals(before.view().tableId())) {
            changes.clear();
        }
    }

    /** For the first version, which no commit of ours made. */
    void writeChecksum() {
        keeper.checksum(state);
    }

    public Optional<Set<String>> changedSince(long version) {
        return changes.between(version, state.view().version());
    }

    public void requireWritable(Set<TableFeature> needed) {
        WriterRequirements.check(room.location(), state, needed);
    }

    public void requireReadable() {
        WriterRequirements.checkNames(room.location(), state);
    }

    public Roaring64Bitmap deletedPositions(String path) throws IOException {
        return vectors.read(state.file(path));
    }

    public List<CommitSummary> history(int limit) throws IOException {
        return history.before(state.view().version(), limit);
    }

    /**
     * Commits on top of the state, which moves on if that succeeds.
     *
     * @param written by path, the files that the commit adds
     */
    public TableSnapshot commit(TableCommit commit, Map<String, WrittenFile> written)
            throws IOException, LostRaceException {
        CommitCheck.check(room.location(), state, commit);
        requireSameTable();
        Optional<TableStructure> structure = TableStructure.change(room.location(), state, commit.columns());
        Deletions deletions = new DeletionsWriter(vectors, tail.rowCounter()).write(state, written, commit);
        Instant begin = room.clock().instant();
        CommitPlan plan;
        DescribingCommitter committer;
        try {
            plan = CommitPlan.of(state, commit, written, deletions, packer, begin);
            committer = new DescribingCommitter(plan, commit.dataChange());
            commit(structure, committer);
        } catch (LostRaceException | RuntimeException e) {
            if (!(e instanceof StorageException storage) || storage.settled()) {
                discard(deletions, e);
            }
            throw e;
        }
        return moved(
                new StateChange(
                        plan.added(),
                        plan.removed(),
                        commit.transactions(),
                        Map.of(),
                        committer.inCommitTimestamp(),
                        new CommitMark(committer.identity().orElse(""))),
                structure,
                begin);
    }

    /** Commits what a metadata domain says; does nothing in a table whose protocol is too old to have such. */
    public TableSnapshot describe(String domain, String configuration) throws IOException, LostRaceException {
        requireWritable(Set.of());
        Protocol protocol = state.protocol();
        if (!protocol.supportsWriterFeatures()) {
            return state.view();
        }
        requireSameTable();
        Optional<TableStructure> structure = TableFeatures.isDomainMetadataSupported(protocol)
                ? Optional.empty()
                : Optional.of(new TableStructure(
                        state.metadata(), Optional.of(protocol.withFeature(TableFeatures.DOMAIN_METADATA_W_FEATURE))));
        DomainMetadata said = new DomainMetadata(domain, configuration, false);
        Instant begin = room.clock().instant();
        DescribingCommitter committer = new DescribingCommitter(CommitPlan.describing(said), true);
        commit(structure, committer);
        return moved(
                new StateChange(
                        List.of(),
                        List.of(),
                        Map.of(),
                        Map.of(domain, said),
                        committer.inCommitTimestamp(),
                        new CommitMark(committer.identity().orElse(""))),
                structure,
                begin);
    }

    /** The commit holds: whatever fails from here on, its files are the table's. */
    private TableSnapshot moved(StateChange change, Optional<TableStructure> structure, Instant begin) {
        TableState base = state;
        move(change);
        if (structure.isPresent()) {
            state = state.with(room.location(), structure.get());
        }
        seen = begin;
        keeper.after(base, state);
        return state.view();
    }

    /** The next version is free in a table too that was dropped, or replaced by a shorter one, since it was looked at. */
    private void requireSameTable() throws IOException, LostRaceException {
        long known = state.view().version();
        if (!state.mark().equals(CommitMark.UNKNOWN) && !tail.holds(known, state.mark())) {
            throw new LostRaceException(
                    "version " + known + " of the table " + room.location() + " is not the one that was read");
        }
    }

    private void commit(Optional<TableStructure> structure, DescribingCommitter committer) throws LostRaceException {
        try {
            transaction(structure, committer).commit(room.engine(), CloseableIterable.emptyIterable());
        } catch (RuntimeException e) {
            // What Kernel does after the commit may fail; the commit holds.
            if (!committer.committed()) {
                new CommitOutcome(history, room.location(), room.patience())
                        .settle(state.view().version() + 1, committer.identity(), e);
            }
        }
    }

    /** Deletion vectors of a commit that is in no log would lie there until somebody vacuums. */
    private void discard(Deletions deletions, Exception failure) {
        deletions.file().ifPresent(file -> {
            try {
                room.files().delete(file);
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        });
    }

    /** No retries: Kernel would rebase on commits that moved our offsets (its check knows one transaction identifier, not all). */
    private TransactionImpl transaction(Optional<TableStructure> structure, DescribingCommitter committer) {
        SnapshotImpl snapshot = KernelSnapshots.of(room, state);
        return new TransactionImpl(
                false,
                snapshot.getDataPath(),
                Optional.of(snapshot),
                ENGINE,
                Operation.WRITE,
                structure.flatMap(TableStructure::protocol),
                structure.map(TableStructure::metadata),
                committer,
                Optional.empty(),
                Optional.empty(),
                Optional.of(0),
                0,
                () -> room.clock().millis());
    }
}
