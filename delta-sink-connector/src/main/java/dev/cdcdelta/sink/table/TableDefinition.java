package dev.cdcdelta.sink.table;

import dev.cdcdelta.sink.schema.ColumnType;
import java.util.List;
import java.util.Map;

/**
 * A table that is to be created.
 *
 * @param columns all columns, the partition columns among them
 * @param partitionBy names of leaf columns whose values part the files
 * @param clusterBy names of leaf columns, dotted for nested ones, that readers and OPTIMIZE cluster by; not together with partitions
 * @param properties table properties beside those that the engine sets unless they are given
 */
public record TableDefinition(
        ColumnType.Struct columns, List<String> partitionBy, List<String> clusterBy, Map<String, String> properties) {
    public TableDefinition {
        partitionBy = List.copyOf(partitionBy);
        clusterBy = List.copyOf(clusterBy);
        properties = Map.copyOf(properties);
    }

    public static TableDefinition of(ColumnType.Struct columns, Map<String, String> properties) {
        return new TableDefinition(columns, List.of(), List.of(), properties);
    }
}
