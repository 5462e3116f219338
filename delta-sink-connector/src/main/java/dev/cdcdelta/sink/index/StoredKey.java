package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.StructType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the key of a stored row: its {@code _id}, or the text beside it where the {@code _id} did not fit its column. */
public final class StoredKey {
    private static final String SIDECAR = CdcColumns.ID + SchemaPlanner.SIDECAR_SUFFIX;

    private final ColumnType type;
    private final FieldType fieldType;
    private final boolean hasSidecar;

    public StoredKey(ColumnType.Struct table) {
        type = table.columns().get(CdcColumns.indexOf(table, CdcColumns.ID)).type();
        fieldType = fieldType(type);
        hasSidecar = CdcColumns.indexOf(table, SIDECAR) >= 0;
    }

    /** The columns to read, in the order in which {@link #of} expects them. */
    public List<String> columns() {
        return hasSidecar ? List.of(CdcColumns.ID, SIDECAR) : List.of(CdcColumns.ID);
    }

    /**
     * @param values begin with those of {@link #columns}
     * @return null if the row has no key
     */
    public @Nullable DocumentKey of(Object[] values) {
        if (values[0] != null) {
            return DocumentKey.ofColumn(fieldType, keyForm(type, values[0]));
        }
        return hasSidecar && values[1] != null ? DocumentKey.ofExtendedJson((String) values[1]) : null;
    }

    private static FieldType fieldType(ColumnType type) {
        if (type instanceof ColumnType.Leaf leaf) {
            return leaf.type();
        }
        if (type instanceof ColumnType.Array array) {
            return new ArrayType(fieldType(array.element()));
        }
        List<StructType.Field> fields = new ArrayList<>();
        for (Column column : ((ColumnType.Struct) type).columns()) {
            fields.add(new StructType.Field(column.field(), fieldType(column.type())));
        }
        return new StructType(fields);
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
            return ((List<?>) value).stream().map(each -> keyForm(array.element(), each)).toList();
        }
        return value;
    }
}
