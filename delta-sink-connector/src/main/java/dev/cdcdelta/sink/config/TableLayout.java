package dev.cdcdelta.sink.config;

import dev.cdcdelta.sink.routing.TableName;
import dev.cdcdelta.sink.routing.TopicPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where tables are and what they are like.
 *
 * @param field the path of the field that is a variable of a table's name
 * @param append the name of the second table, to which every event is appended
 * @param properties Delta table properties of tables that the connector creates
 */
// Whether there is a field and a second table is for all to ask alike.
@SuppressWarnings("OptionalUsedAsFieldOrParameterType")
public record TableLayout(
        String warehouse,
        TopicPattern topics,
        TableName name,
        Optional<String> field,
        Optional<TableName> append,
        List<String> partitionColumns,
        List<String> clusteringColumns,
        Map<String, String> properties) {
    public TableLayout {
        partitionColumns = List.copyOf(partitionColumns);
        clusteringColumns = List.copyOf(clusteringColumns);
        properties = Map.copyOf(properties);
    }
}
