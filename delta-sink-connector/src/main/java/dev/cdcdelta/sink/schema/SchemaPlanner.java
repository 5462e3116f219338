package dev.cdcdelta.sink.schema;

import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.DeclaredFields;
import dev.cdcdelta.smt.schema.SchemaMerge;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decides which columns a table needs for documents of one more type. Pure. */
public final class SchemaPlanner {
    private final SchemaGrowth growth;
    private final SchemaRules rules;
    private final TableKind kind;
    private final boolean keepsText;

    public SchemaPlanner(SchemaGrowth growth, ConflictPolicy conflicts, TableKind kind) {
        this(growth, SchemaRules.of(conflicts), kind, false);
    }

    /** @param keepsText whether tables have the column {@link CdcColumns#DOCUMENT}, also where their other columns may not grow */
    public SchemaPlanner(SchemaGrowth growth, SchemaRules rules, TableKind kind, boolean keepsText) {
        this.growth = growth;
        this.rules = rules;
        this.kind = kind;
        this.keepsText = keepsText;
    }

    public TableKind kind() {
        return kind;
    }

    /** The columns of a new table, {@code _id} first, the connector's own last. */
    public ColumnType.Struct create(StructType document) {
        List<StructType.Field> fields =
                new ArrayList<>(DeclaredFields.of(document, rules).fields());
        fields.sort(Comparator.comparing(field -> !field.name().equals(CdcColumns.ID)));
        ColumnType.Struct none = new ColumnType.Struct(List.of());
        return withText(CdcColumns.appendTo(DocumentColumns.grow(none, new StructType(fields), true), kind));
    }

    /**
     * The columns after documents of the type {@code incoming}: {@code table} itself, or a widened superset of it.
     *
     * @param mayWiden whether the table lets its columns take wider types; if not, wider values go beside them
     * @throws org.apache.kafka.connect.errors.DataException on a conflict that the policy does not allow
     */
    public ColumnType.Struct grow(ColumnType.Struct table, StructType incoming, boolean mayWiden) {
        if (growth == SchemaGrowth.NONE) {
            return withText(table);
        }
        StructType current = DocumentColumns.typeOf(table);
        StructType merged = SchemaMerge.merge(current, DeclaredFields.of(incoming, rules), rules);
        if (growth == SchemaGrowth.ADD || !mayWiden) {
            merged = new KeptTypes(rules).keep(current, merged);
        }
        return withText(DocumentColumns.grow(table, merged, true));
    }

    private ColumnType.Struct withText(ColumnType.Struct columns) {
        if (!keepsText || CdcColumns.indexOf(columns, CdcColumns.DOCUMENT) >= 0) {
            return columns;
        }
        List<Column> all = new ArrayList<>(columns.columns());
        all.add(CdcColumns.DOCUMENT_COLUMN);
        return new ColumnType.Struct(all);
    }
}
