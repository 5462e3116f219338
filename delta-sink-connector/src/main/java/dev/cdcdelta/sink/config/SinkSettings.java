package dev.cdcdelta.sink.config;

import dev.cdcdelta.sink.batch.FlushPolicy;
import dev.cdcdelta.sink.routing.TableName;
import dev.cdcdelta.sink.routing.TopicPattern;
import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/**
 * The whole configuration of a task.
 *
 * @param connector the connector's name, under which offsets are recorded
 */
public record SinkSettings(
        String connector, TableLayout layout, SchemaPolicy schema, FlushPolicy flush, HadoopOptions hadoop) {
    /** @throws ConfigException naming the key in question */
    public static SinkSettings parse(Map<String, String> properties) {
        for (Map.Entry<String, List<String>> found :
                new SettingsCheck(properties).errors().entrySet()) {
            throw new ConfigException(found.getKey() + ": " + String.join("; ", found.getValue()));
        }
        AbstractConfig config = new AbstractConfig(SinkConfigDef.DEFINITION, properties, false);
        String connector = properties.get("name");
        if (connector == null) {
            throw new ConfigException("name", null, "the connector has no name");
        }
        TableLayout layout = new TableLayout(
                config.getString(SinkConfigDef.WAREHOUSE),
                new TopicPattern(config.getString(SinkConfigDef.TOPIC_PATTERN)),
                new TableName(config.getString(SinkConfigDef.TABLE_NAME)),
                withPrefix(properties, SinkConfigDef.TABLE_PROPERTIES));
        SchemaPolicy schema = new SchemaPolicy(
                SchemaGrowth.valueOf(upper(config, SinkConfigDef.SCHEMA_EVOLUTION)),
                ConflictPolicy.valueOf(upper(config, SinkConfigDef.CONFLICT_POLICY)));
        FlushPolicy flush = new FlushPolicy(
                Duration.ofMillis(config.getLong(SinkConfigDef.COMMIT_INTERVAL)),
                config.getLong(SinkConfigDef.COMMIT_MAX_ROWS),
                config.getLong(SinkConfigDef.BUFFER_MAX_BYTES));
        HadoopOptions hadoop = new HadoopOptions(withPrefix(properties, SinkConfigDef.HADOOP));
        return new SinkSettings(connector, layout, schema, flush, hadoop);
    }

    private static String upper(AbstractConfig config, String key) {
        return config.getString(key).toUpperCase(Locale.ROOT);
    }

    private static Map<String, String> withPrefix(Map<String, String> properties, String prefix) {
        Map<String, String> found = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(prefix) && value != null) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }
}
