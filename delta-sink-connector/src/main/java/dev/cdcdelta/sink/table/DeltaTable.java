package dev.cdcdelta.sink.table;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.kernel.KernelTable;
import dev.cdcdelta.sink.table.kernel.NewDataFile;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** One table as of one version, which commits and refreshes move forward. Confined to one thread at a time. */
public final class DeltaTable {
    private final TableRoom room;
    private final KernelTable table;
    private final TableFiles files;
    private final FileSizes sizes;

    /** Finished data files that no commit has taken yet, by path. */
    private final Map<String, WrittenFile> uncommitted = new HashMap<>();

    DeltaTable(TableRoom room, KernelTable table, FileSizes sizes) {
        this.room = room;
        this.table = table;
        this.sizes = sizes;
        this.files = new TableFiles(room, sizes.buffered());
    }

    public String location() {
        return room.location();
    }

    /** How large the files are to be that are written into it. */
    public FileSizes fileSizes() {
        return sizes;
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
        return StorageWork.run(location(), "read", () -> table.refresh());
    }

    /** Moves to the newest version if it is long since that was looked for: on top of an old one, a commit may go where no reader looks. */
    public void refreshIfOld() {
        if (table.isOld()) {
            refresh();
        }
    }

    /**
     * The paths of files that were added, removed or given another deletion vector after {@code version}, up to {@link #snapshot()};
     * no I/O.
     *
     * @return empty if that is not known any more: then compare the files themselves
     */
    public Optional<Set<String>> changedSince(long version) {
        return table.changedSince(version);
    }

    /** Checks for nothing more than adding files and, where it has them, deletion vectors. */
    public void requireWritable() {
        requireWritable(Set.of());
    }

    /**
     * Checks the table's features and properties, as every {@link #writer} and {@link #commit} does.
     *
     * @param needed what the caller is going to use
     * @throws org.apache.kafka.common.config.ConfigException if the table asks of its writers what this one does not do, or lacks
     *     something needed
     */
    public void requireWritable(Set<TableFeature> needed) {
        table.requireWritable(needed);
    }

    /** A data file in a table without partitions. */
    public DataFileWriter writer(ColumnType.Struct columns, Map<String, String> tags) {
        return writer(columns, FilePlace.tagged(tags));
    }

    /**
     * A new data file of rows in the order of {@code columns}, partition columns included, whose values the file leaves to its place;
     * it becomes part of the table with {@link #commit}.
     *
     * @throws org.apache.kafka.common.config.ConfigException if the table asks of its writers what this one does not do
     */
    public DataFileWriter writer(ColumnType.Struct columns, FilePlace place) {
        requireWritable();
        return opened(() -> files.create(snapshot(), columns, place));
    }

    /**
     * A new file of the change data feed: {@code columns} are the table's and {@code _change_type}, a string, behind them. It becomes
     * part of the feed as {@link TableCommit#changeData()}; what a commit brings must then be all of its changes.
     */
    public DataFileWriter changeWriter(ColumnType.Struct columns, FilePlace place) {
        requireWritable(Set.of(TableFeature.CHANGE_DATA_FEED));
        return opened(() -> files.createChangeData(snapshot(), columns, place));
    }

    private DataFileWriter opened(StorageWork<NewDataFile> creation) {
        return StorageWork.run(
                location(),
                "written to",
                () -> new DataFileWriter(
                        creation.run(),
                        written -> uncommitted.put(written.file().path(), written)));
    }

    /**
     * Commits against {@link #snapshot()}; returns and keeps the new snapshot.
     *
     * @throws LostRaceException if somebody else took the version: nothing of the commit is in the table
     * @throws IllegalStateException if the commit does not fit the snapshot: a file that is not live, a column that is missing
     * @throws StorageException if the storage fails for a while: see {@link StorageException#settled()}
     * @throws ConnectException if the storage refuses and the log says that the commit did not happen
     */
    public TableSnapshot commit(TableCommit commit) throws LostRaceException {
        Map<String, WrittenFile> added = taken(commit.added());
        added.putAll(taken(commit.dead()));
        Set<String> paths = new HashSet<>(added.keySet());
        paths.addAll(taken(commit.changeData()).keySet());
        try {
            TableSnapshot committed = table.commit(commit, added);
            uncommitted.keySet().removeAll(paths);
            return committed;
        } catch (StorageException e) {
            if (!e.settled()) {
                // The files may be part of the table: nobody may delete them.
                uncommitted.keySet().removeAll(paths);
            }
            throw e;
        } catch (IOException | UncheckedIOException | KernelException | KernelEngineException e) {
            throw StorageWork.failed(location(), "committed to", e);
        }
    }

    /**
     * Commits nothing but what a metadata domain says (PROTOCOL.md, Domain Metadata), on top of {@link #snapshot()}. The table gets the
     * writer feature for it if it has not got it.
     *
     * @throws LostRaceException if somebody else took the version
     * @throws org.apache.kafka.common.config.ConfigException if the table asks of its writers what this one does not do
     */
    public TableSnapshot describe(String domain, String configuration) throws LostRaceException {
        try {
            return table.describe(domain, configuration);
        } catch (IOException | UncheckedIOException | KernelException | KernelEngineException e) {
            throw StorageWork.failed(location(), "committed to", e);
        }
    }

    private Map<String, WrittenFile> taken(List<DataFile> files) {
        Map<String, WrittenFile> taken = new LinkedHashMap<>();
        for (DataFile file : files) {
            WrittenFile written = uncommitted.get(file.path());
            if (written == null) {
                throw new IllegalStateException(
                        "the file " + file.path() + " was not written through this table, or is committed already");
            }
            taken.put(file.path(), written);
        }
        return taken;
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
            StorageWork.run(location(), "cleaned up", () -> files.delete(file));
        }
    }

    /**
     * The live rows of a file in file order; columns that the file lacks are null, narrower values are widened, partition columns come
     * from the file's place.
     *
     * <p>Failures of the storage are {@link ConnectException}s, here and at each row.
     *
     * @throws org.apache.kafka.common.config.ConfigException if the table's files cannot be read by its column names alone
     * @throws IllegalStateException if the file is not live in the snapshot
     */
    public CloseableIterator<StoredRow> read(DataFile file, List<String> topLevelColumns) {
        table.requireReadable();
        return StorageWork.run(
                location(),
                "read",
                () -> new StoredRows(
                        location(), files.read(file, snapshot(), topLevelColumns, deletedPositions(file))));
    }

    /**
     * All rows of a file, dead ones too.
     *
     * @see #read(DataFile, List)
     */
    public CloseableIterator<StoredRow> readAll(DataFile file, List<String> topLevelColumns) {
        table.requireReadable();
        return StorageWork.run(
                location(), "read", () -> files.read(file, snapshot(), topLevelColumns, new Roaring64Bitmap()));
    }

    /**
     * The rows at the positions, those among them that are live; parts of the file that hold none of them are not fetched.
     *
     * @see #read(DataFile, List)
     */
    public CloseableIterator<StoredRow> read(DataFile file, List<String> topLevelColumns, Roaring64Bitmap positions) {
        table.requireReadable();
        return StorageWork.run(
                location(),
                "read",
                () -> new StoredRows(
                        location(), files.read(file, snapshot(), topLevelColumns, deletedPositions(file), positions)));
    }

    /** The newest commits first, at most {@code limit}, from {@link #snapshot()} down. */
    public List<CommitSummary> history(int limit) {
        return StorageWork.run(location(), "read", () -> table.history(limit));
    }

    /**
     * The positions that the file's deletion vector marks.
     *
     * @throws IllegalStateException if the file is not live in the snapshot
     */
    public Roaring64Bitmap deletedPositions(DataFile file) {
        return StorageWork.run(location(), "read", () -> table.deletedPositions(file.path()));
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
        return StorageWork.run(
                location(),
                "searched for unused files",
                () -> new UnreferencedFiles(room).list(snapshot().version(), now, retention));
    }

    /** Deletes a file that {@link #unreferencedFiles} has found. @return false if it was gone already */
    public boolean deleteUnreferenced(StoredFile file) {
        return StorageWork.run(location(), "cleaned up", () -> new UnreferencedFiles(room).delete(file));
    }

    /** The bytes of the Parquet file. */
    public InputStream open(DataFile file) {
        return StorageWork.run(location(), "read", () -> files.open(file));
    }
}
