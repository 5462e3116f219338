package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DataFileWriter;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.util.List;
import org.roaringbitmap.longlong.Roaring64Bitmap;

final class EngineBridge {
    static DataFileWriter writer(DeltaTable table, ColumnType.Struct columns, RowFiles.Group group) {
        return table.writer(columns, group.tags());
    }

    static DataFileWriter changeDataWriter(DeltaTable table, ColumnType.Struct columns, RowFiles.Group group) {
        throw new UnsupportedOperationException();
    }

    static List<String> partitionColumns(TableSnapshot snapshot) {
        return List.of();
    }

    static CloseableIterator<StoredRow> read(
            DeltaTable table, DataFile file, List<String> names, Roaring64Bitmap positions) {
        CloseableIterator<StoredRow> all = table.read(file, names);
        return new CloseableIterator<>() {
            private StoredRow next;

            @Override
            public boolean hasNext() {
                while (next == null && all.hasNext()) {
                    StoredRow row = all.next();
                    next = positions.contains(row.position()) ? row : null;
                }
                return next != null;
            }

            @Override
            public StoredRow next() {
                hasNext();
                StoredRow row = next;
                next = null;
                return row;
            }

            @Override
            public void close() {
                all.close();
            }
        };
    }
}
