package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.finding.DifferingPaths;
import dev.cdcdelta.reconcile.finding.TableRow;
import dev.cdcdelta.reconcile.source.TableColumns;
import dev.cdcdelta.reconcile.table.TableSide;
import dev.cdcdelta.sink.batch.MappedRow;
import dev.cdcdelta.sink.batch.TableRows;
import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.mapping.RowDocument;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;

/** Where a row differs from its document: both are brought into the form that the table's columns can tell. */
final class RowPaths {
    private final TableSide table;
    private final PipelineRules rules;

    RowPaths(TableSide table, PipelineRules rules) {
        this.table = table;
        this.rules = rules;
    }

    /** Empty where it cannot be told: the row is gone by now, or the sink's rules refuse the document. */
    List<DifferingPaths.Difference> of(BsonDocument document, TableRow row) {
        return table.document(row)
                .map(stored -> DifferingPaths.between(asColumnsTell(document), stored))
                .orElse(List.of());
    }

    private BsonDocument asColumnsTell(BsonDocument document) {
        TableRows rows = TableColumns.of(table.snapshot()).rows(rules.planner(), rules.rules());
        try {
            MappedRow mapped =
                    rows.admit(new RowDocument.Content(document, false), SourceVersion.UNKNOWN, Operation.UPDATE);
            return new RowDocument(mapped.columns()).of(mapped.values()).document();
        } catch (DataException refused) {
            return document;
        }
    }
}
