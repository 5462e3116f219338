package dev.cdcdelta.admin.doctor;

import dev.cdcdelta.admin.lag.KafkaOffsets;
import dev.cdcdelta.admin.lag.PartitionLag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Joins lags with what Kafka says of their topics. */
public final class TopicStates {
    private TopicStates() {}

    public static List<TopicState> of(List<PartitionLag> lags, KafkaOffsets kafka) {
        Set<String> topics = lags.stream().map(PartitionLag::topic).collect(Collectors.toSet());
        if (topics.isEmpty()) {
            return List.of();
        }
        Map<TopicPartition, KafkaOffsets.Bounds> bounds = kafka.bounds(topics);
        Map<String, Map<String, String>> configs = kafka.configs(topics);
        return lags.stream()
                .map(lag -> {
                    KafkaOffsets.Bounds bound = bounds.get(new TopicPartition(lag.topic(), lag.partition()));
                    return new TopicState(
                            lag.topic(),
                            lag.partition(),
                            bound == null ? 0 : bound.beginning(),
                            lag.tableOffset(),
                            lag.events(),
                            lag.sourceTime(),
                            configs.getOrDefault(lag.topic(), Map.of()));
                })
                .toList();
    }
}
