package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.sink.table.parquet.RowFileWriter;
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

    public TableFiles(TableRoom room) {
        this.room = room;
    }

    public NewDataFile create(TableSnapshot snapshot, ColumnType.Struct columns) throws IOException {
        String path = "part-00000-" + UUID.randomUUID() + "-c000.zstd.parquet";
        NewFile file = room.files().create(room.absolute(path));
        int indexedColumns =
                Integer.parseInt(snapshot.properties().getOrDefault(INDEXED_COLUMNS, DEFAULT_INDEXED_COLUMNS));
        return new NewDataFile(path, file, new RowFileWriter(file, columns), indexedColumns, room.clock());
    }

    public CloseableIterator<StoredRow> read(
            DataFile file, ColumnType.Struct columns, List<String> names, Roaring64Bitmap dead) throws IOException {
        ColumnType.Struct selected = select(columns, names);
        StructType schema = TableSchema.toDelta(selected).add(StructField.DEFAULT_ROW_INDEX_COLUMN);
        FileStatus status = FileStatus.of(room.absolute(file.path()), file.size(), 0);
        return new RowReader(
                room.engine()
                        .getParquetHandler()
                        .readParquetFiles(Utils.singletonCloseableIterator(status), schema, Optional.empty()),
                selected,
                dead);
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
