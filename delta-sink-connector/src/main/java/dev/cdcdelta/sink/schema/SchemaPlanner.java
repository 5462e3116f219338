package dev.cdcdelta.sink.schema;

import dev.cdcdelta.smt.schema.ColumnLimit;
import dev.cdcdelta.smt.schema.RuledTypes;
import dev.cdcdelta.smt.schema.SchemaMerge;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decides which columns a table needs for documents of one more type. Pure. */
public final class SchemaPlanner {
    private static final StructType NO_FIELDS = new StructType(List.of());

    private final SchemaGrowth growth;
    private final SchemaRules rules;
    private final TableKind kind;

    public SchemaPlanner(SchemaGrowth growth, SchemaRules rules, TableKind kind) {
        this.growth = growth;
        this.rules = rules;
        this.kind = kind;
    }

    public TableKind kind() {
        return kind;
    }

    public SchemaRules rules() {
        return rules;
    }

    /** The columns of a new table, {@code _id} first, the connector's own last. */
    public ColumnType.Struct create(StructType document) {
        StructType ruled = ColumnLimit.cap(NO_FIELDS, RuledTypes.of(document, rules), rules.limits());
        List<StructType.Field> fields = new ArrayList<>(ruled.fields());
        fields.sort(Comparator.comparing(field -> !field.name().equals(CdcColumns.ID)));
        ColumnType.Struct none = new ColumnType.Struct(List.of());
        return CdcColumns.appendTo(DocumentColumns.grow(none, new StructType(fields), true), kind);
    }

    /**
     * The columns after documents of the type {@code incoming}: {@code table} itself, or a widened superset of it.
     *
     * @param mayWiden whether the table lets its columns take wider types; if not, wider values go beside them
     * @throws org.apache.kafka.connect.errors.DataException on a conflict that the policy does not allow
     */
    public ColumnType.Struct grow(ColumnType.Struct table, StructType incoming, boolean mayWiden) {
        if (growth == SchemaGrowth.NONE) {
            return table;
        }
        StructType current = DocumentColumns.typeOf(table);
        StructType merged = SchemaMerge.merge(current, RuledTypes.of(incoming, rules), rules);
        if (growth == SchemaGrowth.ADD || !mayWiden) {
            merged = new KeptTypes(rules).keep(current, merged);
        }
        return DocumentColumns.grow(table, ColumnLimit.cap(current, merged, rules.limits()), true);
    }
}
