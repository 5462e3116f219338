package dev.cdcdelta.sink.schema;

import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.SchemaMerge;
import dev.cdcdelta.smt.schema.StructType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decides which columns a table needs for documents of one more type. Pure. */
public final class SchemaPlanner {
    private final SchemaGrowth growth;
    private final ConflictPolicy conflicts;
    private final TableKind kind;

    public SchemaPlanner(SchemaGrowth growth, ConflictPolicy conflicts, TableKind kind) {
        this.growth = growth;
        this.conflicts = conflicts;
        this.kind = kind;
    }

    public TableKind kind() {
        return kind;
    }

    /** The columns of a new table, {@code _id} first, the connector's own last. */
    public ColumnType.Struct create(StructType document) {
        List<StructType.Field> fields = new ArrayList<>(document.fields());
        fields.sort(Comparator.comparing(field -> !field.name().equals(CdcColumns.ID)));
        ColumnType.Struct none = new ColumnType.Struct(List.of());
        return CdcColumns.appendTo(DocumentColumns.grow(none, new StructType(fields), true), kind);
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
        if (growth == SchemaGrowth.ADD) {
            merged = new KeptTypes(conflicts).keep(current, merged);
        }
        return DocumentColumns.grow(table, merged, true);
    }
}
