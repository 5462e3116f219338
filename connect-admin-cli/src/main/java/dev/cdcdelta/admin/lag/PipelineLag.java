package dev.cdcdelta.admin.lag;

import dev.cdcdelta.admin.table.PartitionProgress;
import dev.cdcdelta.sink.table.CommitSummary;
import dev.cdcdelta.sink.table.DeltaTables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Joins what the tables say with what Kafka says. The table is the truth; the consumer group stands in where it cannot be read. */
public final class PipelineLag {
    private final KafkaOffsets kafka;
    private final UnreadRecords unread;
    private final @Nullable DeltaTables tables;

    public PipelineLag(KafkaOffsets kafka, UnreadRecords unread, @Nullable DeltaTables tables) {
        this.kafka = kafka;
        this.unread = unread;
        this.tables = tables;
    }

    /** One entry a partition, in the order of topics and partitions. */
    public List<PartitionLag> of(String sinkConnector, PipelineTopics topics) {
        Set<String> names = topics.names(kafka);
        Map<TopicPartition, PartitionProgress> progress = progress(sinkConnector, topics, names);
        Map<TopicPartition, KafkaOffsets.Bounds> partitions = kafka.bounds(names);
        Map<TopicPartition, Long> committed = kafka.committed("connect-" + sinkConnector, partitions.keySet());
        List<PartitionLag> lags = new ArrayList<>();
        partitions.forEach((partition, bounds) -> {
            PartitionProgress inTable = progress.get(partition);
            Long tableOffset = inTable == null ? null : inTable.nextOffset();
            Long groupOffset = committed.get(partition);
            lags.add(new PartitionLag(
                    partition.topic(),
                    partition.partition(),
                    tableOffset,
                    groupOffset,
                    bounds.end(),
                    unread.between(partition, next(tableOffset, groupOffset, bounds), bounds.end()),
                    inTable == null ? null : inTable.sourceTime()));
        });
        lags.sort(Comparator.comparing(PartitionLag::topic).thenComparingInt(PartitionLag::partition));
        return lags;
    }

    /** @param deadLetterTopic empty for none */
    public PipelineProgress progress(String sinkConnector, PipelineTopics topics, String deadLetterTopic) {
        return new PipelineProgress(
                of(sinkConnector, topics),
                lastCommit(topics),
                deadLetterTopic.isEmpty() ? null : records(deadLetterTopic));
    }

    private @Nullable Instant lastCommit(PipelineTopics topics) {
        Instant newest = null;
        if (tables != null) {
            for (String topic : topics.names(kafka)) {
                Instant of = tables.open(topics.tableLocation(topic)).stream()
                        .flatMap(table -> table.history(1).stream())
                        .map(CommitSummary::timestamp)
                        .findFirst()
                        .orElse(null);
                newest = of != null && (newest == null || of.isAfter(newest)) ? of : newest;
            }
        }
        return newest;
    }

    private long records(String topic) {
        return kafka.bounds(Set.of(topic)).values().stream()
                .mapToLong(bounds -> bounds.end() - bounds.beginning())
                .sum();
    }

    /** Records that the topic no longer holds are in no lag. */
    private static long next(@Nullable Long tableOffset, @Nullable Long groupOffset, KafkaOffsets.Bounds bounds) {
        Long known = tableOffset == null ? groupOffset : tableOffset;
        return known == null ? bounds.beginning() : Math.max(bounds.beginning(), known);
    }

    private Map<TopicPartition, PartitionProgress> progress(
            String sinkConnector, PipelineTopics topics, Set<String> names) {
        Map<TopicPartition, PartitionProgress> progress = new HashMap<>();
        if (tables == null) {
            return progress;
        }
        for (String topic : names) {
            tables.open(topics.tableLocation(topic))
                    .ifPresent(table -> PartitionProgress.of(table.snapshot().transactions()).stream()
                            .filter(found -> found.connector().equals(sinkConnector))
                            .forEach(found ->
                                    progress.put(new TopicPartition(found.topic(), found.partition()), found)));
        }
        return progress;
    }
}
