package dev.cdcdelta.sink.table;

import dev.cdcdelta.sink.schema.ColumnType;
import java.util.Map;

/**
 * What a table is at one version.
 *
 * @param tableId the Delta table's own id, which another table in the same place does not share
 * @param properties the table's properties
 * @param transactions the latest version of every transaction identifier: offsets and freshness of topic partitions
 * @param files the live data files by path
 */
public record TableSnapshot(
        String tableId,
        long version,
        ColumnType.Struct columns,
        Map<String, String> properties,
        Map<String, Long> transactions,
        Map<String, DataFile> files) {}
