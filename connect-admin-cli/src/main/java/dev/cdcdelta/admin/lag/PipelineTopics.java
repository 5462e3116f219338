package dev.cdcdelta.admin.lag;

import dev.cdcdelta.sink.config.SinkConfigDef;
import dev.cdcdelta.sink.routing.TableName;
import dev.cdcdelta.sink.routing.TableRouter;
import dev.cdcdelta.sink.routing.TopicPattern;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which topics a sink connector reads, and which table each of them becomes, by the sink's own rules. */
public final class PipelineTopics {
    private final Map<String, String> sinkConfig;
    private final TableRouter router;

    public PipelineTopics(Map<String, String> sinkConfig) {
        this.sinkConfig = Map.copyOf(sinkConfig);
        this.router = new TableRouter(
                sinkConfig.getOrDefault(SinkConfigDef.WAREHOUSE, ""),
                new TopicPattern(sinkConfig.getOrDefault(SinkConfigDef.TOPIC_PATTERN, TopicPattern.DEBEZIUM)),
                new TableName(sinkConfig.getOrDefault(SinkConfigDef.TABLE_NAME, TableName.DEFAULT)));
    }

    /** Topics given by name, or those of the cluster that match {@code topics.regex}. */
    public Set<String> names(KafkaOffsets kafka) {
        String pattern = sinkConfig.get("topics.regex");
        if (pattern != null && !pattern.isBlank()) {
            return new TreeSet<>(kafka.topics(Pattern.compile(pattern)));
        }
        return Arrays.stream(sinkConfig.getOrDefault("topics", "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** @throws org.apache.kafka.connect.errors.DataException if the topic names no table */
    public String tableLocation(String topic) {
        return router.location(topic);
    }
}
