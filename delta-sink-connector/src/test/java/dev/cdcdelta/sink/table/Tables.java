package dev.cdcdelta.sink.table;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Short forms for tests of tables. */
final class Tables {
    static final ColumnType.Struct ID_AND_NAME =
            struct(column("_id", ScalarType.INT64), column("name", ScalarType.STRING));

    private Tables() {}

    static ColumnType.Struct struct(Column... columns) {
        return new ColumnType.Struct(List.of(columns));
    }

    static Column column(String name, FieldType type) {
        return column(name, new ColumnType.Leaf(type));
    }

    static Column column(String name, ColumnType type) {
        return new Column(name, name, type);
    }

    static DataFile write(DeltaTable table, ColumnType.Struct columns, @Nullable Object[]... rows) {
        try (DataFileWriter writer = table.writer(columns, Map.of())) {
            for (@Nullable Object[] row : rows) {
                writer.write(row);
            }
            return writer.finish();
        }
    }

    static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    static DataFile live(DeltaTable table, DataFile file) {
        return Objects.requireNonNull(table.snapshot().files().get(file.path()));
    }

    static TableCommit append(DeltaTable table, DataFile... files) {
        return new TableCommit(table.snapshot().columns(), List.of(files), Map.of(), Map.of());
    }

    static TableCommit delete(DeltaTable table, DataFile file, long... positions) {
        return new TableCommit(
                table.snapshot().columns(),
                List.of(),
                Map.of(file.path(), Roaring64Bitmap.bitmapOf(positions)),
                Map.of());
    }

    static TableCommit offsets(DeltaTable table, Map<String, Long> offsets) {
        return new TableCommit(table.snapshot().columns(), List.of(), Map.of(), offsets);
    }

    /** Every live row of the table, each as the list of its values. */
    static List<List<@Nullable Object>> rows(DeltaTable table) {
        List<String> names =
                table.snapshot().columns().columns().stream().map(Column::name).toList();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (DataFile file : table.snapshot().files().values()) {
            try (CloseableIterator<StoredRow> stored = table.read(file, names)) {
                stored.forEachRemaining(row -> rows.add(plain(row.values())));
            }
        }
        return rows;
    }

    /** Arrays as lists, so that they can be compared. */
    static List<@Nullable Object> plain(@Nullable Object[] values) {
        List<@Nullable Object> list = new ArrayList<>();
        for (@Nullable Object value : values) {
            list.add(plainValue(value));
        }
        return list;
    }

    private static @Nullable Object plainValue(@Nullable Object value) {
        if (value instanceof Object[] struct) {
            return plain(struct);
        }
        if (value instanceof byte[] bytes) {
            return java.util.HexFormat.of().formatHex(bytes);
        }
        if (value instanceof List<?> elements) {
            return plain(elements.toArray());
        }
        return value;
    }
}
