package dev.cdcdelta.sink.table;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.kernel.KernelTable;
import dev.cdcdelta.sink.table.kernel.TableFiles;
import dev.cdcdelta.sink.table.kernel.TableRoom;
import dev.cdcdelta.sink.table.kernel.UnreferencedFiles;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** One table as of one version, which commits and refreshes move forward. Confined to one thread. */
public final class DeltaTable {
    private final TableRoom room;
    private final KernelTable table;
    private final TableFiles files;

    /** Finished data files that no commit has taken yet, by path. */
    private final Map<String, WrittenFile> uncommitted = new HashMap<>();

    DeltaTable(TableRoom room, KernelTable table) {
        this.room = room;
        this.table = table;
        this.files = new TableFiles(room);
    }

    public String location() {
        return room.location();
    }

    /** The table as of the last open, refresh or commit; no I/O. */
    public TableSnapshot snapshot() {
        return table.view();
    }

    /**
     * Moves to the newest version.
     *
     * @throws ConnectException if the storage fails or the table is gone
     */
    public TableSnapshot refresh() {
        return TableAccess.run(location(), "read", () -> table.refresh());
    }

    /**
     * The paths of files that were added, removed or given another deletion vector after {@code version}, up to {@link #snapshot()};
     * no I/O.
     *
     * @return empty if that is not known any more: then compare the files themselves
     */
    public Optional<Set<String>> changedSince(long version) {
        return version == snapshot().version() ? Optional.of(Set.of()) : Optional.empty();
    }

    /**
     * Checks the table's features and properties, as every {@link #writer} and {@link #commit} does.
     *
     * @throws org.apache.kafka.common.config.ConfigException if the table asks of its writers what this one does not do
     */
    public void requireWritable() {
        table.requireWritable();
    }

    /**
     * A new data file of rows in the order of {@code columns}; it becomes part of the table with {@link #commit}.
     *
     * @throws org.apache.kafka.common.config.ConfigException if the table asks of its writers what this one does not do
     */
    public DataFileWriter writer(ColumnType.Struct columns, Map<String, String> tags) {
        requireWritable();
        return TableAccess.run(
                location(),
                "written to",
                () -> new DataFileWriter(
                        files.create(snapshot(), columns),
                        tags,
                        written -> uncommitted.put(written.file().path(), written)));
    }

    /**
     * Commits against {@link #snapshot()}; returns and keeps the new snapshot.
     *
     * @throws LostRaceException if somebody else took the version: nothing of the commit is in the table
     * @throws IllegalStateException if the commit does not fit the snapshot: a file that is not live, a column that is missing
     * @throws ConnectException if the storage fails and the log says that the commit did not happen, or cannot be asked
     */
    public TableSnapshot commit(TableCommit commit) throws LostRaceException {
        Map<String, WrittenFile> added = new LinkedHashMap<>();
        for (DataFile file : commit.added()) {
            WrittenFile written = uncommitted.get(file.path());
            if (written == null) {
                throw new IllegalStateException(
                        "the file " + file.path() + " was not written through this table, or is committed already");
            }
            added.put(file.path(), written);
        }
        try {
            TableSnapshot committed = table.commit(commit, added);
            uncommitted.keySet().removeAll(added.keySet());
            return committed;
        } catch (IOException | UncheckedIOException | KernelException | KernelEngineException e) {
            throw TableAccess.failed(location(), "committed to", e);
        }
    }

    /** Takes a finished file over from another object for the same table, so that this one may commit it. */
    public void takeOver(DataFile file, DeltaTable writer) {
        WrittenFile written = writer.uncommitted.remove(file.path());
        if (written == null) {
            throw new IllegalStateException("the file " + file.path() + " is not there to be taken over");
        }
        uncommitted.put(file.path(), written);
    }

    /** Gives up a finished file that no commit is going to take, and deletes it. */
    public void discard(DataFile file) {
        if (uncommitted.remove(file.path()) != null) {
            TableAccess.run(location(), "cleaned up", () -> files.delete(file));
        }
    }

    /**
     * The live rows of a file in file order; columns that the file lacks are null, narrower values are widened.
     *
     * @throws org.apache.kafka.common.config.ConfigException if the table's files cannot be read by its column names alone
     * @throws IllegalStateException if the file is not live in the snapshot
     */
    public CloseableIterator<StoredRow> read(DataFile file, List<String> topLevelColumns) {
        table.requireReadable();
        return TableAccess.run(
                location(),
                "read",
                () -> files.read(file, snapshot().columns(), topLevelColumns, deletedPositions(file)));
    }

    /** The newest commits first, at most {@code limit}, from {@link #snapshot()} down. */
    public List<CommitSummary> history(int limit) {
        return TableAccess.run(location(), "read", () -> table.history(limit));
    }

    /**
     * The positions that the file's deletion vector marks.
     *
     * @throws IllegalStateException if the file is not live in the snapshot
     */
    public Roaring64Bitmap deletedPositions(DataFile file) {
        return TableAccess.run(location(), "read", () -> table.deletedPositions(file.path()));
    }

    /**
     * The files in the table's directory that no version within the retention refers to, and that are older than it. Lists the directory
     * and reads the log.
     *
     * @param retention at least the table's own, {@code delta.deletedFileRetentionDuration}, is kept
     * @throws org.apache.kafka.common.config.ConfigException if the table asks of its writers what this one does not do
     */
    public List<StoredFile> unreferencedFiles(Instant now, Duration retention) {
        refresh();
        requireWritable();
        return TableAccess.run(
                location(), "searched for unused files", () -> new UnreferencedFiles(room).list(now, retention));
    }

    /** Deletes a file that {@link #unreferencedFiles} has found. @return false if it was gone already */
    public boolean deleteUnreferenced(StoredFile file) {
        return TableAccess.run(location(), "cleaned up", () -> new UnreferencedFiles(room).delete(file));
    }

    /** The bytes of the Parquet file. */
    public InputStream open(DataFile file) {
        return TableAccess.run(location(), "read", () -> files.open(file));
    }
}
