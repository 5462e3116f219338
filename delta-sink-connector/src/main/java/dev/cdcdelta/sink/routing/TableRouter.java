package dev.cdcdelta.sink.routing;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;

/** Finds the table that a topic feeds. */
public final class TableRouter {
    private final String warehouse;
    private final TopicPattern topics;
    private final TableName name;
    private final Map<String, String> locations = new HashMap<>();

    public TableRouter(String warehouse, TopicPattern topics, TableName name) {
        this.warehouse = warehouse.endsWith("/") ? warehouse.substring(0, warehouse.length() - 1) : warehouse;
        this.topics = topics;
        this.name = name;
    }

    /**
     * The location of the topic's table.
     *
     * @throws DataException if the topic names none
     */
    public String location(String topic) {
        return locations.computeIfAbsent(topic, this::route);
    }

    private String route(String topic) {
        Map<String, String> variables = topics.match(topic)
                .orElseThrow(() ->
                        new DataException("Topic '" + topic + "' names no table: 'topic.pattern' does not match it."
                                + " Mend the pattern, or take the topic out of 'topics'"));
        try {
            return warehouse + "/" + name.path(variables);
        } catch (IllegalArgumentException e) {
            throw new DataException(
                    "Topic '" + topic + "' names no table: " + e.getMessage()
                            + ". Mend 'table.name' or 'topic.pattern'",
                    e);
        }
    }
}
