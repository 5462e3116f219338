package dev.cdcdelta.sink.table;

import dev.cdcdelta.sink.schema.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a table is at one version. The maps are unmodifiable and cost nothing to keep; they share what versions have in common.
 *
 * @param tableId the identity that Delta gave the table when it was created: another one behind the same location is another table
 * @param partitionColumns names of the columns whose values are kept with the files, not in them
 * @param features what is on
 * @param properties the table's properties
 * @param transactions the latest version of every transaction identifier: offsets and freshness of topic partitions
 * @param files the live data files by path
 */
public record TableSnapshot(
        long version,
        String tableId,
        ColumnType.Struct columns,
        List<String> partitionColumns,
        Set<TableFeature> features,
        Map<String, String> properties,
        Map<String, Long> transactions,
        Map<String, DataFile> files) {
    /** A table without partitions that has deletion vectors on and may widen. */
    public TableSnapshot(
            long version,
            ColumnType.Struct columns,
            Map<String, String> properties,
            Map<String, Long> transactions,
            Map<String, DataFile> files) {
        this(
                version,
                "",
                columns,
                List.of(),
                Set.of(TableFeature.DELETION_VECTORS, TableFeature.TYPE_WIDENING),
                properties,
                transactions,
                files);
    }

    public boolean has(TableFeature feature) {
        return features.contains(feature);
    }
}
