package dev.cdcdelta.sink.schema;

import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.StructType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Columns as the document type that they hold, and the columns that a grown document type asks for. */
public final class DocumentColumns {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentColumns.class);

    private DocumentColumns() {}

    /** The type of the documents that these top-level columns hold; the connector's own columns are left out. */
    public static StructType typeOf(ColumnType.Struct table) {
        List<StructType.Field> fields = new ArrayList<>();
        for (Column column : table.columns()) {
            if (!ColumnName.isReserved(column.name())) {
                fields.add(new StructType.Field(column.field(), fieldType(column.type())));
            }
        }
        return new StructType(fields);
    }

    /** The type of the document values that a column of the type holds. */
    public static FieldType fieldType(ColumnType type) {
        if (type instanceof ColumnType.Leaf leaf) {
            return leaf.type();
        }
        if (type instanceof ColumnType.Array array) {
            return new ArrayType(fieldType(array.element()));
        }
        ColumnType.Struct struct = (ColumnType.Struct) type;
        return new StructType(struct.columns().stream()
                .map(column -> new StructType.Field(column.field(), fieldType(column.type())))
                .toList());
    }

    /** The position of the column that takes the fields without one; -1 if there is none. */
    public static int restIndex(ColumnType.Struct columns) {
        for (int i = 0; i < columns.columns().size(); i++) {
            Column column = columns.columns().get(i);
            if (column.field().equals(FieldNames.REST) && isText(column)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the column holds canonical extended JSON text. */
    public static boolean isText(Column column) {
        return column.type() instanceof ColumnType.Leaf leaf && leaf.type() == ScalarType.JSON;
    }

    /** {@code columns} with the types of {@code target} and a new column for each field that has none; the same object if none changes. */
    static ColumnType.Struct grow(ColumnType.Struct columns, StructType target, boolean topLevel) {
        Map<String, FieldType> wanted = new HashMap<>();
        target.fields().forEach(field -> wanted.put(field.name(), field.type()));
        List<Column> grown = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        boolean changed = false;
        for (Column column : columns.columns()) {
            Column next = column;
            if (!(topLevel && ColumnName.isReserved(column.name()))) {
                FieldType type = wanted.remove(column.field());
                ColumnType nextType = type == null ? column.type() : growType(column.type(), type);
                if (nextType != column.type()) {
                    next = new Column(column.name(), column.field(), nextType);
                    changed = true;
                }
            }
            grown.add(next);
            taken.add(column.name().toLowerCase(Locale.ROOT));
        }
        for (StructType.Field field : target.fields()) {
            if (wanted.containsKey(field.name()) && !field.type().isVacant()) {
                grown.add(newColumn(field, taken, topLevel));
                changed = true;
            }
        }
        return changed ? new ColumnType.Struct(grown) : columns;
    }

    private static Column newColumn(StructType.Field field, Set<String> taken, boolean topLevel) {
        String escaped = ColumnName.escape(field.name(), topLevel);
        String name = ColumnName.unique(escaped, taken);
        if (!name.equals(escaped)) {
            LOG.warn(
                    "Field '{}' becomes column '{}', because column names that differ in case only are one to Delta",
                    field.name(),
                    name);
        }
        taken.add(name.toLowerCase(Locale.ROOT));
        return new Column(name, field.name(), create(field.type()));
    }

    private static ColumnType growType(ColumnType column, FieldType target) {
        if (column instanceof ColumnType.Struct struct && target instanceof StructType type) {
            return grow(struct, type, false);
        }
        if (column instanceof ColumnType.Array array && target instanceof ArrayType type) {
            ColumnType element = growType(array.element(), type.element());
            return element == array.element() ? column : new ColumnType.Array(element);
        }
        if (column instanceof ColumnType.Leaf leaf
                && !target.isVacant()
                && !leaf.type().equals(target)) {
            return create(target);
        }
        return column;
    }

    private static ColumnType create(FieldType type) {
        if (type instanceof StructType struct) {
            return grow(new ColumnType.Struct(List.of()), struct, false);
        }
        if (type instanceof ArrayType array) {
            return new ColumnType.Array(create(array.element()));
        }
        return new ColumnType.Leaf(type);
    }
}
