package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.CommitSummary;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.sink.table.WrittenFile;
import io.delta.kernel.Operation;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TransactionImpl;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** A table's state at one version, and the way to the next. Confined to one thread. */
public final class KernelTable {
    static final String ENGINE = "mongodb-cdc-delta";

    private final TableRoom room;
    private final LogReader log;
    private final LogHistory history;
    private final DeletionVectors vectors;
    private TableState state;

    private KernelTable(TableRoom room, LogReader log, TableState state) {
        this.room = room;
        this.log = log;
        this.history = new LogHistory(room.files(), room.location());
        this.vectors = new DeletionVectors(room.engine(), room.files(), room.location());
        this.state = state;
    }

    public static Optional<KernelTable> open(TableRoom room) throws IOException {
        LogReader log = new LogReader(room.engine(), room.files(), room.location());
        Optional<SnapshotImpl> snapshot = log.newest();
        return snapshot.isEmpty()
                ? Optional.empty()
                : Optional.of(new KernelTable(room, log, log.state(snapshot.get())));
    }

    public TableSnapshot view() {
        return state.view();
    }

    public TableSnapshot refresh() throws IOException {
        SnapshotImpl newest = log.newest()
                .orElseThrow(() -> new ConnectException("The table " + room.location()
                        + " is gone. If that was intended, restart the task: it creates the table anew."));
        if (newest.getVersion() != state.view().version()) {
            state = log.state(newest);
        }
        return state.view();
    }

    public void requireWritable() {
        WriterRequirements.check(room.location(), state.snapshot());
    }

    public void requireReadable() {
        WriterRequirements.checkNames(room.location(), state.snapshot());
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
        requireWritable();
        Optional<Metadata> metadata = newMetadata(commit);
        Deletions deletions = new DeletionsWriter(vectors).write(state, written, commit.deletions());
        CommitPlan plan =
                CommitPlan.of(state, commit, written, deletions, room.clock().instant());
        DescribingCommitter committer = new DescribingCommitter(plan.metrics());
        TransactionCommitResult result;
        try {
            result = transaction(metadata, committer)
                    .commit(
                            room.engine(),
                            CloseableIterable.inMemoryIterable(
                                    Utils.toCloseableIterator(plan.actions().iterator())));
        } catch (RuntimeException e) {
            long version = state.view().version() + 1;
            new CommitOutcome(history, room.location()).settle(version, committer.identity(), e);
            state = log.state(log.at(version));
            return state.view();
        }
        state = after(result, plan);
        return state.view();
    }

    private TableState after(TransactionCommitResult result, CommitPlan plan) {
        SnapshotImpl committed = result.getPostCommitSnapshot()
                .map(SnapshotImpl.class::cast)
                .orElseGet(() -> log.at(result.getVersion()));
        SnapshotImpl next = new PostCommit(room, log).run(committed, result.getPostCommitHooks());
        return TableState.of(room.location(), next, plan.files(), plan.transactions());
    }

    private Optional<Metadata> newMetadata(TableCommit commit) {
        if (commit.columns().equals(state.view().columns())) {
            return Optional.empty();
        }
        Metadata current = state.snapshot().getMetadata();
        SchemaChange change = SchemaChange.between(current.getSchema(), commit.columns());
        if (change.widens()) {
            WriterRequirements.checkWidening(room.location(), state.snapshot());
        }
        return Optional.of(current.withNewSchema(change.schema()));
    }

    /** No retries: Kernel would rebase on commits that moved our offsets (its check knows one transaction identifier, not all). */
    private TransactionImpl transaction(Optional<Metadata> metadata, DescribingCommitter committer) {
        SnapshotImpl snapshot = state.snapshot();
        return new TransactionImpl(
                false,
                snapshot.getDataPath(),
                Optional.of(snapshot),
                ENGINE,
                Operation.WRITE,
                Optional.empty(),
                metadata,
                committer,
                Optional.empty(),
                Optional.empty(),
                Optional.of(0),
                0,
                () -> room.clock().millis());
    }
}
