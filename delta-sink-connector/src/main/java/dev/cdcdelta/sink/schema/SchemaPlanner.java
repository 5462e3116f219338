package dev.cdcdelta.sink.schema;

import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.SchemaMerge;
import dev.cdcdelta.smt.schema.StructType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides which columns a table needs for documents of one more type. Pure. */
public final class SchemaPlanner {
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

    /**
     * The columns after documents of the type {@code incoming}: {@code table} itself, or a widened superset of it.
     *
     * @throws org.apache.kafka.connect.errors.DataException on a conflict that the policy does not allow
     */
    public ColumnType.Struct grow(ColumnType.Struct table, StructType incoming) {
        if (growth == SchemaGrowth.NONE) {
            return table;
        }
        StructType current = DocumentColumns.typeOf(table);
        StructType merged = SchemaMerge.merge(current, incoming, conflicts);
        if (merged == current) {
            return table;
        }
        if (growth == SchemaGrowth.ADD) {
            merged = keepTypes(current, merged);
        }
        return DocumentColumns.grow(table, merged, true);
    }

    private StructType keepTypes(StructType current, StructType merged) {
        Set<String> names = new HashSet<>();
        merged.fields().forEach(field -> names.add(field.name()));
        List<StructType.Field> fields = new ArrayList<>();
        for (StructType.Field field : merged.fields()) {
            Optional<StructType.Field> before = current.field(field.name());
            if (before.isEmpty() || before.get().type().isVacant()) {
                fields.add(field);
                continue;
            }
            FieldType type = before.get().type();
            fields.add(new StructType.Field(field.name(), keepType(type, field.type())));
            String sidecar = FieldNames.sidecarOf(field.name());
            boolean maySplit =
                    conflicts == ConflictPolicy.SIDECAR && !field.name().equals(FieldNames.ID);
            if (maySplit && isWidened(type, field.type()) && names.add(sidecar)) {
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
        return isWidened(before, after) ? before : after;
    }

    private static boolean isWidened(FieldType before, FieldType after) {
        if (before instanceof StructType && after instanceof StructType) {
            return false;
        }
        if (before instanceof ArrayType current && after instanceof ArrayType merged) {
            return isWidened(current.element(), merged.element());
        }
        // Texts of all kinds share one column type.
        return !before.equals(after) && after != ScalarType.STRING;
    }
}
