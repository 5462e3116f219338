package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.DocumentColumns;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.FieldType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the key of a stored row from its {@code _id}, or from the text beside it where that column cannot hold it. */
public final class StoredKey {
    private final ColumnType type;
    private final FieldType fieldType;
    private final List<String> columns;

    public StoredKey(ColumnType.Struct table) {
        type = table.columns().get(CdcColumns.indexOf(table, CdcColumns.ID)).type();
        fieldType = DocumentColumns.fieldType(type);
        int other = CdcColumns.indexOf(table, CdcColumns.OTHER_ID);
        boolean isMixed = other >= 0 && DocumentColumns.isText(table.columns().get(other));
        columns = isMixed ? List.of(CdcColumns.ID, CdcColumns.OTHER_ID) : List.of(CdcColumns.ID);
    }

    /** The names of the columns that tell the key. */
    public List<String> columns() {
        return columns;
    }

    /**
     * The key of a row; null if it has none.
     *
     * @param values begins with those of {@link #columns}
     */
    public @Nullable DocumentKey of(@Nullable Object[] values) {
        Object id = values[0];
        if (id != null) {
            return DocumentKey.ofColumn(fieldType, keyForm(type, id));
        }
        return columns.size() > 1 && values[1] instanceof String text ? DocumentKey.ofExtendedJson(text) : null;
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
