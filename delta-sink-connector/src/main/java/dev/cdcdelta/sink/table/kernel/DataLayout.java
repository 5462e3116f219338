package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.TableDefinition;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.transaction.DataLayoutSpec;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;

/** How a new table's files are parted or clustered. */
final class DataLayout {
    private DataLayout() {}

    static DataLayoutSpec of(String location, TableDefinition definition) {
        List<String> partitionBy = definition.partitionBy();
        List<String> clusterBy = definition.clusterBy();
        if (!partitionBy.isEmpty() && !clusterBy.isEmpty()) {
            throw refused(location, "it is to be both partitioned and clustered", "Choose one of the two");
        }
        if (!partitionBy.isEmpty()) {
            if (partitionBy.size() >= definition.columns().columns().size()) {
                throw refused(location, "every column is a partition column", "Leave one for the files");
            }
            partitionBy.forEach(name -> requireLeaf(location, definition.columns(), List.of(name), "partitioned"));
            return DataLayoutSpec.partitioned(
                    partitionBy.stream().map(Column::new).toList());
        }
        if (!clusterBy.isEmpty()) {
            return DataLayoutSpec.clustered(clusterBy.stream()
                    .map(name -> {
                        String[] path = name.split("\\.");
                        requireLeaf(location, definition.columns(), List.of(path), "clustered");
                        return new Column(path);
                    })
                    .toList());
        }
        return DataLayoutSpec.noDataLayout();
    }

    private static void requireLeaf(String location, ColumnType.Struct columns, List<String> path, String verb) {
        ColumnType type = columns;
        for (String name : path) {
            type = type instanceof ColumnType.Struct struct ? child(struct, name) : null;
            if (type == null) {
                throw refused(
                        location,
                        "it is to be " + verb + " by " + String.join(".", path) + ", which is no column of it",
                        "Name a column that the first record has");
            }
        }
        if (!(type instanceof ColumnType.Leaf)) {
            throw refused(
                    location,
                    "it cannot be " + verb + " by " + String.join(".", path) + ", which is no single value",
                    "Name a column of numbers, text, dates or booleans");
        }
    }

    private static @org.jspecify.annotations.Nullable ColumnType child(ColumnType.Struct struct, String name) {
        return struct.columns().stream()
                .filter(column -> column.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(column -> column.type())
                .orElse(null);
    }

    private static ConfigException refused(String location, String problem, String remedy) {
        return new ConfigException("The table " + location + " cannot be created: " + problem + ". " + remedy + ".");
    }
}
