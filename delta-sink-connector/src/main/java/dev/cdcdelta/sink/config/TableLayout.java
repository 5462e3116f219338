package dev.cdcdelta.sink.config;

import dev.cdcdelta.sink.routing.TableName;
import dev.cdcdelta.sink.routing.TopicPattern;
import java.util.Map;

/**
 * Where tables are and what they are like.
 *
 * @param properties Delta table properties of tables that the connector creates
 */
public record TableLayout(String warehouse, TopicPattern topics, TableName name, Map<String, String> properties) {
    public TableLayout {
        properties = Map.copyOf(properties);
    }
}
