package dev.cdcdelta.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a reader finds in a table: its rows as text, {@code "a: n=1 s=x"}, sorted, without nulls and the connector's own columns. */
final class TableContent {
    private final DeltaTables tables;
    private final String location;

    TableContent(String location) {
        this(location, Map.of());
    }

    TableContent(String location, Map<String, String> options) {
        this.location = location;
        this.tables = new DeltaTables(options);
    }

    String location() {
        return location;
    }

    TableSnapshot snapshot() {
        return table().orElseThrow().snapshot();
    }

    Optional<DeltaTable> table() {
        return tables.open(location);
    }

    TableContent hasRows(String... rows) {
        assertThat(rows(false)).containsExactlyInAnyOrder(rows);
        return this;
    }

    TableContent hasVersion(long version) {
        assertThat(snapshot().version()).isEqualTo(version);
        return this;
    }

    TableContent isAbsent() {
        assertThat(table()).isEmpty();
        return this;
    }

    TableContent isAbsentOrEmpty() {
        assertThat(rows(false)).isEmpty();
        return this;
    }

    /** @param own whether the connector's own columns are shown too, all but the hash */
    List<String> rows(boolean own) {
        Optional<DeltaTable> table = table();
        List<String> rows = new ArrayList<>();
        if (table.isPresent()) {
            ColumnType.Struct columns = table.get().snapshot().columns();
            List<String> names = columns.columns().stream().map(Column::name).toList();
            for (DataFile file : table.get().snapshot().files().values()) {
                try (CloseableIterator<StoredRow> stored = table.get().read(file, names)) {
                    while (stored.hasNext()) {
                        rows.add(text(columns, stored.next().values(), own));
                    }
                }
            }
        }
        rows.sort(null);
        return rows;
    }

    private static String text(ColumnType.Struct columns, Object[] values, boolean own) {
        Map<String, String> fields = new TreeMap<>();
        String id = "";
        for (int i = 0; i < values.length; i++) {
            String name = columns.columns().get(i).name();
            if (name.equals("_id")) {
                id = String.valueOf(values[i]);
            } else if (values[i] != null && !name.equals("_cdc_hash") && (own || !name.startsWith("_cdc_"))) {
                fields.put(name, value(columns.columns().get(i).type(), values[i]));
            }
        }
        StringBuilder text = new StringBuilder(id).append(':');
        fields.forEach(
                (name, value) -> text.append(' ').append(name).append('=').append(value));
        return text.toString();
    }

    private static String value(ColumnType type, @Nullable Object value) {
        if (type instanceof ColumnType.Struct struct && value instanceof Object[] parts) {
            Map<String, String> fields = new TreeMap<>();
            for (int i = 0; i < parts.length; i++) {
                if (parts[i] != null) {
                    Column column = struct.columns().get(i);
                    fields.put(column.name(), value(column.type(), parts[i]));
                }
            }
            return fields.toString();
        }
        if (type instanceof ColumnType.Array array && value instanceof List<?> list) {
            return list.stream()
                    .map(each -> value(array.element(), each))
                    .toList()
                    .toString();
        }
        return String.valueOf(value);
    }
}
