package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.FilePlace;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.sink.table.parquet.Dictionaries;
import dev.cdcdelta.sink.table.parquet.ParquetInput;
import dev.cdcdelta.sink.table.parquet.PositionBatches;
import dev.cdcdelta.sink.table.parquet.ReadLayout;
import dev.cdcdelta.sink.table.parquet.RowParquetWriter;
import dev.cdcdelta.sink.table.parquet.RowReader;
import dev.cdcdelta.sink.table.storage.NewFile;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** The Parquet files of one table. */
public final class TableFiles {
    private static final String INDEXED_COLUMNS = "delta.dataSkippingNumIndexedCols";
    private static final String DEFAULT_INDEXED_COLUMNS = "32";

    private final TableRoom room;
    private final long rowGroupBytes;
    private final Dictionaries dictionaries = new Dictionaries();

    /** @param rowGroupBytes of the files that are written, at most */
    public TableFiles(TableRoom room, long rowGroupBytes) {
        this.room = room;
        this.rowGroupBytes = rowGroupBytes;
    }

    public NewDataFile create(TableSnapshot snapshot, ColumnType.Struct columns, FilePlace place) throws IOException {
        return create(snapshot, columns, place, "", "part-00000-" + UUID.randomUUID() + "-c000.zstd.parquet");
    }

    /** Files of the change data feed lie in a directory of their own, so that VACUUM can tell them (PROTOCOL.md, Add CDC File). */
    public NewDataFile createChangeData(TableSnapshot snapshot, ColumnType.Struct columns, FilePlace place)
            throws IOException {
        return create(
                snapshot,
                columns,
                place,
                CommitPlan.CHANGE_DATA,
                "cdc-00000-" + UUID.randomUUID() + ".c000.zstd.parquet");
    }

    private NewDataFile create(
            TableSnapshot snapshot, ColumnType.Struct columns, FilePlace place, String directory, String name)
            throws IOException {
        PartitionLayout layout = PartitionLayout.of(columns, snapshot.partitionColumns());
        String path = directory + layout.directory(place.partition()) + name;
        NewFile file = room.files().create(room.absolute(path));
        int indexedColumns =
                Integer.parseInt(snapshot.properties().getOrDefault(INDEXED_COLUMNS, DEFAULT_INDEXED_COLUMNS));
        return new NewDataFile(
                room.location(),
                path,
                file,
                new RowParquetWriter(file, layout.stored(), rowGroupBytes, dictionaries),
                layout,
                place,
                indexedColumns,
                room.clock());
    }

    /** The rows of the file that are not dead. */
    public CloseableIterator<StoredRow> read(
            DataFile file, TableSnapshot snapshot, List<String> names, Roaring64Bitmap dead) {
        ReadLayout layout = layout(file, snapshot, names);
        FileStatus status = FileStatus.of(room.absolute(file.path()), file.size(), 0);
        try {
            return new RowReader(
                    room.engine()
                            .getParquetHandler()
                            .readParquetFiles(
                                    Utils.singletonCloseableIterator(status), schema(layout), Optional.empty()),
                    layout,
                    position -> !dead.contains(position));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The rows of the file at the positions that are not dead. */
    public CloseableIterator<StoredRow> read(
            DataFile file, TableSnapshot snapshot, List<String> names, Roaring64Bitmap dead, Roaring64Bitmap positions)
            throws IOException {
        ReadLayout layout = layout(file, snapshot, names);
        Roaring64Bitmap wanted = new Roaring64Bitmap();
        wanted.or(positions);
        wanted.andNot(dead);
        ParquetInput input = new ParquetInput(room.files().newInputFile(room.absolute(file.path()), file.size()));
        return new RowReader(
                new PositionBatches(input, schema(layout), wanted), layout, position -> wanted.contains(position));
    }

    private static StructType schema(ReadLayout layout) {
        return TableSchema.toDelta(layout.stored()).add(StructField.DEFAULT_ROW_INDEX_COLUMN);
    }

    private static ReadLayout layout(DataFile file, TableSnapshot snapshot, List<String> names) {
        return ReadLayout.of(select(snapshot.columns(), names), snapshot.partitionColumns(), file.partition());
    }

    private static ColumnType.Struct select(ColumnType.Struct columns, List<String> names) {
        List<Column> selected = new ArrayList<>();
        for (String name : names) {
            selected.add(columns.columns().stream()
                    .filter(column -> column.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the table has no column " + name)));
        }
        return new ColumnType.Struct(selected);
    }

    public boolean delete(DataFile file) throws IOException {
        return room.files().delete(room.absolute(file.path()));
    }

    public InputStream open(DataFile file) throws IOException {
        return room.files()
                .newInputFile(room.absolute(file.path()), file.size())
                .newStream();
    }
}
