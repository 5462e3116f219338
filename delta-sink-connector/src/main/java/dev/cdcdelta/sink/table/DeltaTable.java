package dev.cdcdelta.sink.table;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.kernel.KernelTable;
import dev.cdcdelta.sink.table.kernel.TableFiles;
import dev.cdcdelta.sink.table.kernel.TableRoom;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        try {
            return table.refresh();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** @throws org.apache.kafka.common.config.ConfigException if the table asks of its writers what this one does not do */
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
        try {
            return new DataFileWriter(
                    files.create(snapshot(), columns),
                    tags,
                    written -> uncommitted.put(written.file().path(), written));
        } catch (IOException e) {
            throw failed("written to", e);
        }
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
        } catch (IOException e) {
            throw failed("committed to", e);
        }
    }

    /**
     * The live rows of a file in file order; columns that the file lacks are null, narrower values are widened.
     *
     * @throws IllegalStateException if the file is not live in the snapshot
     */
    public CloseableIterator<StoredRow> read(DataFile file, List<String> topLevelColumns) {
        try {
            return files.read(file, snapshot().columns(), topLevelColumns, deletedPositions(file));
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** The newest commits first, at most {@code limit}, from {@link #snapshot()} down. */
    public List<CommitSummary> history(int limit) {
        try {
            return table.history(limit);
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /**
     * The positions that the file's deletion vector marks.
     *
     * @throws IllegalStateException if the file is not live in the snapshot
     */
    public Roaring64Bitmap deletedPositions(DataFile file) {
        try {
            return table.deletedPositions(file.path());
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** The bytes of the Parquet file. */
    public InputStream open(DataFile file) {
        try {
            return files.open(file);
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    private ConnectException failed(String verb, IOException cause) {
        return new ConnectException(
                "The table " + location() + " could not be " + verb
                        + ": its storage failed. Check the warehouse, then restart the task.",
                cause);
    }
}
