package dev.cdcdelta.sink.schema;

import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.SchemaMerge;
import dev.cdcdelta.smt.schema.StructType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which columns a table needs for documents of one more type. Pure. */
public final class SchemaPlanner {
    /** What the column for a field's unfit values is called: the field's name with this behind it. */
    public static final String SIDECAR_SUFFIX = "__json";

    private final SchemaGrowth growth;
    private final ConflictPolicy conflicts;

    public SchemaPlanner(SchemaGrowth growth, ConflictPolicy conflicts) {
        this.growth = growth;
        this.conflicts = conflicts;
    }

    /** The columns of a new table, {@code _id} first, the connector's own last. */
    public ColumnType.Struct create(StructType document) {
        List<StructType.Field> fields = new ArrayList<>(document.fields());
        fields.sort(Comparator.comparing(field -> !field.name().equals(CdcColumns.ID)));
        ColumnType.Struct none = new ColumnType.Struct(List.of());
        return CdcColumns.appendTo(DocumentColumns.grow(none, new StructType(fields), true));
    }

    /** The columns after documents of the type {@code incoming}: {@code table} itself, or a widened superset of it. */
    public ColumnType.Struct grow(ColumnType.Struct table, StructType incoming) {
        if (growth == SchemaGrowth.NONE) {
            return table;
        }
        StructType current = DocumentColumns.typeOf(table);
        StructType merged = SchemaMerge.merge(current, incoming);
        if (conflicts == ConflictPolicy.FAIL) {
            merged = withoutNewSidecars(merged, current, incoming);
        }
        if (growth == SchemaGrowth.ADD) {
            merged = keepTypes(current, merged);
        }
        return DocumentColumns.grow(table, merged, true);
    }

    private StructType keepTypes(StructType current, StructType merged) {
        Map<String, FieldType> kept = byName(current);
        Set<String> names = new HashSet<>();
        merged.fields().forEach(field -> names.add(field.name()));
        List<StructType.Field> fields = new ArrayList<>();
        for (StructType.Field field : merged.fields()) {
            FieldType before = kept.get(field.name());
            if (before == null) {
                fields.add(field);
                continue;
            }
            fields.add(new StructType.Field(field.name(), keepType(before, field.type())));
            String sidecar = field.name() + SIDECAR_SUFFIX;
            if (conflicts == ConflictPolicy.SIDECAR && isWidened(before, field.type()) && names.add(sidecar)) {
                fields.add(new StructType.Field(sidecar, ScalarType.JSON));
            }
        }
        return new StructType(fields);
    }

    private FieldType keepType(FieldType before, FieldType after) {
        if (before instanceof StructType current && after instanceof StructType merged) {
            return keepTypes(current, merged);
        }
        if (before instanceof ArrayType current && after instanceof ArrayType merged) {
            return new ArrayType(keepType(current.element(), merged.element()));
        }
        return before;
    }

    private static boolean isWidened(FieldType before, FieldType after) {
        if (before instanceof StructType && after instanceof StructType) {
            return false;
        }
        if (before instanceof ArrayType current && after instanceof ArrayType merged) {
            return isWidened(current.element(), merged.element());
        }
        return !before.equals(after);
    }

    private static StructType withoutNewSidecars(StructType merged, @Nullable FieldType left, @Nullable FieldType right) {
        Map<String, FieldType> current = byName(left);
        Map<String, FieldType> incoming = byName(right);
        List<StructType.Field> fields = new ArrayList<>();
        for (StructType.Field field : merged.fields()) {
            FieldType before = current.get(field.name());
            FieldType other = incoming.get(field.name());
            if (before != null || other != null) {
                fields.add(new StructType.Field(field.name(), withoutNewSidecars(field.type(), before, other)));
            }
        }
        return new StructType(fields);
    }

    private static FieldType withoutNewSidecars(FieldType merged, @Nullable FieldType left, @Nullable FieldType right) {
        if (merged instanceof StructType struct) {
            return withoutNewSidecars(struct, left, right);
        }
        if (merged instanceof ArrayType array) {
            FieldType leftElement = left instanceof ArrayType type ? type.element() : null;
            FieldType rightElement = right instanceof ArrayType type ? type.element() : null;
            return new ArrayType(withoutNewSidecars(array.element(), leftElement, rightElement));
        }
        return merged;
    }

    private static Map<String, FieldType> byName(@Nullable FieldType type) {
        Map<String, FieldType> fields = new HashMap<>();
        if (type instanceof StructType struct) {
            struct.fields().forEach(field -> fields.put(field.name(), field.type()));
        }
        return fields;
    }
}
