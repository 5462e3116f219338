package dev.cdcdelta.reconcile.source;

import dev.cdcdelta.sink.batch.TableRows;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.sink.table.TableFeature;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.util.List;
import java.util.Optional;

/**
 * What the sink's mapping starts from.
 *
 * @param columns none where there is no table yet
 * @param mayWiden whether the table lets them take wider types
 */
public record TableColumns(ColumnType.Struct columns, boolean mayWiden) {
    public static TableColumns of(Optional<TableSnapshot> table) {
        return table.map(snapshot -> new TableColumns(snapshot.columns(), snapshot.has(TableFeature.TYPE_WIDENING)))
                .orElse(new TableColumns(new ColumnType.Struct(List.of()), true));
    }

    /** Rows that start from them. */
    public TableRows rows(SchemaPlanner planner, SchemaRules rules) {
        TableRows rows = new TableRows(planner, rules);
        if (!columns.columns().isEmpty()) {
            rows.rebase(columns, mayWiden);
        }
        return rows;
    }
}
