package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.DocumentColumns;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the key of a stored row from its {@code _id}, or from the column beside it where the {@code _id} is of another type. */
public final class StoredKey {
    private final ColumnType type;
    private final FieldType fieldType;
    private final boolean hasSidecar;

    public StoredKey(ColumnType.Struct table) {
        type = table.columns().get(CdcColumns.indexOf(table, CdcColumns.ID)).type();
        fieldType = DocumentColumns.fieldType(type);
        hasSidecar = CdcColumns.indexOf(table, CdcColumns.ID_SIDECAR) >= 0;
    }

    /** The columns to read: {@code _id}, these, and last the one beside {@code _id} if the table has it. */
    public List<String> columns(String... more) {
        List<String> columns = new ArrayList<>();
        columns.add(CdcColumns.ID);
        columns.addAll(List.of(more));
        if (hasSidecar) {
            columns.add(CdcColumns.ID_SIDECAR);
        }
        return columns;
    }

    /**
     * The key of a row; null if it has none.
     *
     * @param values of {@link #columns}
     */
    public @Nullable DocumentKey of(@Nullable Object[] values) {
        Object id = values[0];
        if (id != null) {
            return DocumentKey.ofColumn(fieldType, keyForm(type, id));
        }
        Object beside = hasSidecar ? values[values.length - 1] : null;
        return beside == null ? null : DocumentKey.ofExtendedJson((String) beside);
    }

    private static Object keyForm(ColumnType type, Object value) {
        if (type instanceof ColumnType.Struct struct) {
            Object[] parts = (Object[]) value;
            Map<String, Object> fields = new LinkedHashMap<>();
            for (int i = 0; i < parts.length; i++) {
                Column column = struct.columns().get(i);
                if (parts[i] != null) {
                    fields.put(column.field(), keyForm(column.type(), parts[i]));
                }
            }
            return fields;
        }
        if (type instanceof ColumnType.Array array) {
            return ((List<?>) value)
                    .stream().map(each -> keyForm(array.element(), each)).toList();
        }
        return value;
    }
}
