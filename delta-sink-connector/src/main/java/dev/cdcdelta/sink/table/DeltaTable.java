package dev.cdcdelta.sink.table;

import dev.cdcdelta.sink.schema.ColumnType;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** One table as of one version, which commits and refreshes move forward. Confined to one thread. */
public final class DeltaTable {
    DeltaTable() {}

    public String location() {
        throw new UnsupportedOperationException();
    }

    /** The table as of the last open, refresh or commit; no I/O. */
    public TableSnapshot snapshot() {
        throw new UnsupportedOperationException();
    }

    /** Moves to the newest version. */
    public TableSnapshot refresh() {
        throw new UnsupportedOperationException();
    }

    /**
     * @throws org.apache.kafka.common.config.ConfigException if the table asks of its writers what this one does not do
     */
    public void requireWritable() {
        throw new UnsupportedOperationException();
    }

    /** A new data file of rows in the order of {@code columns}; it becomes part of the table with {@link #commit}. */
    public DataFileWriter writer(ColumnType.Struct columns, Map<String, String> tags) {
        throw new UnsupportedOperationException();
    }

    /** Commits against {@link #snapshot()}; returns and keeps the new snapshot. */
    public TableSnapshot commit(TableCommit commit) throws LostRaceException {
        throw new UnsupportedOperationException();
    }

    /** The live rows of a file in file order; columns that the file lacks are null, narrower values are widened. */
    public CloseableIterator<StoredRow> read(DataFile file, List<String> topLevelColumns) {
        throw new UnsupportedOperationException();
    }

    /** The newest commits first, at most {@code limit}. */
    public List<CommitSummary> history(int limit) {
        throw new UnsupportedOperationException();
    }

    /** The positions that the file's deletion vector marks. */
    public Roaring64Bitmap deletedPositions(DataFile file) {
        throw new UnsupportedOperationException();
    }

    /** The bytes of the Parquet file. */
    public InputStream open(DataFile file) {
        throw new UnsupportedOperationException();
    }
}
