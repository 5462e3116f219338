package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.TableFeature;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.util.List;

/**
 * What the files of a commit depend on beside the rows that it replaces.
 *
 * @param partitionColumns names of the columns whose values are kept apart, in the table's order
 * @param marksDeadRows whether it has deletion vectors
 * @param recordsImages whether the table's change data feed is on
 * @param mayWiden whether its columns may take wider types
 */
record TableTraits(
        ColumnType.Struct columns,
        List<String> partitionColumns,
        boolean marksDeadRows,
        boolean recordsImages,
        boolean mayWiden) {
    static TableTraits of(TableSnapshot snapshot) {
        return new TableTraits(
                snapshot.columns(),
                snapshot.partitionColumns(),
                snapshot.has(TableFeature.DELETION_VECTORS),
                snapshot.has(TableFeature.CHANGE_DATA_FEED),
                snapshot.has(TableFeature.TYPE_WIDENING));
    }
}
