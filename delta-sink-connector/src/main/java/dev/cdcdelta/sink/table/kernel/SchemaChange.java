package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import io.delta.kernel.internal.types.TypeWideningChecker;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TypeChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A table's schema after new columns are added and old ones widened. What the table has stays where it is, with its metadata; each
 * widening is recorded as Delta's type changes (PROTOCOL.md, Type Widening).
 *
 * @param widens whether a stored type changes, which needs the table feature typeWidening
 */
record SchemaChange(StructType schema, boolean widens) {
    /** @throws IllegalStateException if {@code target} lacks a column of the table or narrows one: a mistake of the caller's */
    static SchemaChange between(StructType current, ColumnType.Struct target) {
        Merge merge = new Merge();
        return new SchemaChange(merge.struct(current, target), merge.widens);
    }

    private static final class Merge {
        private boolean widens;

        StructType struct(StructType current, ColumnType.Struct target) {
            Map<String, Column> wanted = new HashMap<>();
            target.columns().forEach(column -> wanted.put(column.name().toLowerCase(Locale.ROOT), column));
            List<StructField> fields = new ArrayList<>();
            for (StructField field : current.fields()) {
                Column column = wanted.remove(field.getName().toLowerCase(Locale.ROOT));
                if (column == null) {
                    throw new IllegalStateException("the new schema lacks the table's column " + field.getName());
                }
                fields.add(widened(field, column));
            }
            target.columns().stream()
                    .filter(column -> wanted.containsValue(column))
                    .map(TableSchema::field)
                    .forEach(fields::add);
            return new StructType(fields);
        }

        private StructField widened(StructField field, Column column) {
            StructField typed = widened(field, column.type());
            return typed.withNewMetadata(FieldMetadata.builder()
                    .fromMetadata(typed.getMetadata())
                    .fromMetadata(TableSchema.metadata(column))
                    .build());
        }

        private StructField widened(StructField field, ColumnType target) {
            DataType from = field.getDataType();
            if (from instanceof StructType struct && target instanceof ColumnType.Struct columns) {
                return field.withDataType(struct(struct, columns));
            }
            if (from instanceof ArrayType array && target instanceof ColumnType.Array elements) {
                return field.withDataType(new ArrayType(widened(array.getElementField(), elements.element())));
            }
            DataType to = TableSchema.dataType(target);
            if (from.equals(to)) {
                return field;
            }
            if (!TypeWideningChecker.isWideningSupported(from, to)) {
                throw new IllegalStateException(
                        "the column " + field.getName() + " of type " + from + " cannot be widened to " + to);
            }
            widens = true;
            List<TypeChange> changes = new ArrayList<>(field.getTypeChanges());
            changes.add(new TypeChange(from, to));
            return field.withDataType(to).withTypeChanges(changes);
        }
    }
}
