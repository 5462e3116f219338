package dev.cdcdelta.admin;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DataFileWriter;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.smt.schema.FieldType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** A real Delta table, written as the sink writes it. */
final class TestTable implements AutoCloseable {
    private final DeltaTables tables;
    private final DeltaTable table;

    TestTable(Path warehouse, String path, ColumnType.Struct columns) {
        this(Map.of(), "file://" + warehouse + "/" + path, columns);
    }

    TestTable(Map<String, String> hadoopOptions, String location, ColumnType.Struct columns) {
        tables = new DeltaTables(hadoopOptions);
        table = tables.create(location, columns, Map.of());
    }

    static ColumnType.Struct struct(Column... columns) {
        return new ColumnType.Struct(List.of(columns));
    }

    static Column column(String name, FieldType type) {
        return column(name, new ColumnType.Leaf(type));
    }

    static Column column(String name, ColumnType type) {
        return new Column(name, name, type);
    }

    static Object[] row(Object... values) {
        return values;
    }

    /** One commit with one file of these rows, whose columns become the table's. */
    DataFile append(ColumnType.Struct columns, Object[]... rows) {
        return append(columns, Map.of(), rows);
    }

    DataFile append(ColumnType.Struct columns, Map<String, Long> transactions, Object[]... rows) {
        DataFile file;
        try (DataFileWriter writer = table.writer(columns, Map.of())) {
            for (Object[] row : rows) {
                writer.write(row);
            }
            file = writer.finish();
        }
        commit(new TableCommit(columns, List.of(file), Map.of(), transactions));
        return file;
    }

    void delete(DataFile file, long... positions) {
        commit(new TableCommit(
                table.snapshot().columns(),
                List.of(),
                Map.of(file.path(), Roaring64Bitmap.bitmapOf(positions)),
                Map.of()));
    }

    private void commit(TableCommit commit) {
        try {
            table.commit(commit);
        } catch (LostRaceException e) {
            throw new AssertionError("nobody else writes here", e);
        }
    }

    @Override
    public void close() {
        tables.close();
    }
}
