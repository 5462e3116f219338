package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.util.List;

/**
 * What the files of a commit depend on beside the rows that it replaces.
 *
 * @param partitionColumns names of the columns whose values are kept apart, in the table's order
 * @param recordsImages whether the table's change data feed is on
 */
record TableTraits(ColumnType.Struct columns, List<String> partitionColumns, boolean recordsImages) {
    private static final String CHANGE_DATA_FEED = "delta.enableChangeDataFeed";

    static TableTraits of(TableSnapshot snapshot) {
        return new TableTraits(
                snapshot.columns(),
                EngineBridge.partitionColumns(snapshot),
                Boolean.parseBoolean(snapshot.properties().get(CHANGE_DATA_FEED)));
    }
}
