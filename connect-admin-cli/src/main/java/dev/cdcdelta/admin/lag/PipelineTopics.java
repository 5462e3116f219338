package dev.cdcdelta.admin.lag;

import dev.cdcdelta.admin.table.TableName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which topics a sink connector reads, and which table each of them becomes. */
public final class PipelineTopics {
    private static final String DEFAULT_TABLE_NAME = "${database}/${collection}";

    private final Map<String, String> sinkConfig;
    private final String topicPrefix;

    /** @param topicPrefix the source's {@code topic.prefix} */
    public PipelineTopics(Map<String, String> sinkConfig, String topicPrefix) {
        this.sinkConfig = Map.copyOf(sinkConfig);
        this.topicPrefix = topicPrefix;
    }

    /** Topics given by name, or those of the cluster that match {@code topics.regex}. */
    Set<String> names(KafkaOffsets kafka) {
        String pattern = sinkConfig.get("topics.regex");
        if (pattern != null && !pattern.isBlank()) {
            return new TreeSet<>(kafka.topics(Pattern.compile(pattern)));
        }
        return Arrays.stream(sinkConfig.getOrDefault("topics", "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Empty for a topic that does not follow {@code <prefix>.<database>.<collection>}. */
    Optional<TableName> table(String topic) {
        if (!topic.startsWith(topicPrefix + ".")) {
            return Optional.empty();
        }
        String[] namespace = topic.substring(topicPrefix.length() + 1).split("\\.", 2);
        if (namespace.length < 2) {
            return Optional.empty();
        }
        String path = sinkConfig
                .getOrDefault("table.name", DEFAULT_TABLE_NAME)
                .replace("${database}", namespace[0])
                .replace("${collection}", namespace[1])
                .replace("${topic}", topic);
        return Optional.of(new TableName(List.of(path.split("/"))));
    }
}
