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

/** Reads the key of a stored row from its {@code _id}. */
public final class StoredKey {
    private final ColumnType type;
    private final FieldType fieldType;

    public StoredKey(ColumnType.Struct table) {
        type = table.columns().get(CdcColumns.indexOf(table, CdcColumns.ID)).type();
        fieldType = DocumentColumns.fieldType(type);
    }

    /** The key of a row with that {@code _id}; null if it has none. */
    public @Nullable DocumentKey of(@Nullable Object id) {
        return id == null ? null : DocumentKey.ofColumn(fieldType, keyForm(type, id));
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
