package dev.cdcdelta.sink.routing;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;

/** Finds the table that a topic's records go to. */
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

    /** Whether a record's field must be known to find its table. */
    public boolean needsField() {
        return name.needsField();
    }

    /**
     * The location of the topic's table.
     *
     * @throws DataException if the topic, or the topic alone, names none
     */
    public String location(String topic) {
        return locations.computeIfAbsent(topic, key -> route(key, variables(key)));
    }

    /**
     * The location of the table of those records of the topic whose field has this value. The value is one step of the path: what would
     * lead elsewhere is refused.
     *
     * @throws DataException if they name none
     */
    public String location(String topic, String fieldValue) {
        if (!needsField()) {
            return location(topic);
        }
        Map<String, String> variables = variables(topic);
        if (fieldValue.isBlank() || fieldValue.contains("/")) {
            throw new DataException(
                    "Topic '" + topic + "' has a record that names no table: the value '" + fieldValue
                            + "' of the field of 'table.name.field' is empty or holds a '/'. Mend the document, or name another field");
        }
        variables.put(TableName.FIELD, fieldValue);
        return route(topic, variables);
    }

    private Map<String, String> variables(String topic) {
        return topics.match(topic)
                .orElseThrow(() ->
                        new DataException("Topic '" + topic + "' names no table: 'topic.pattern' does not match it."
                                + " Mend the pattern, or take the topic out of 'topics'"));
    }

    private String route(String topic, Map<String, String> variables) {
        try {
            return warehouse + "/" + name.path(variables);
        } catch (IllegalArgumentException e) {
            throw new DataException(
                    "Topic '" + topic + "' names no table by '" + name + "': " + e.getMessage()
                            + ". Mend 'table.name' or 'topic.pattern'",
                    e);
        }
    }
}
