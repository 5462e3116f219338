package dev.cdcdelta.bench.sink;

import dev.cdcdelta.stack.process.StackException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How far the consumer group of a sink has come in a topic. What it has reported is durable in the table. */
public final class GroupProgress implements AutoCloseable {
    private final Admin admin;
    private final String group;
    private final String topic;

    public GroupProgress(String bootstrapServers, String connector, String topic) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.group = "connect-" + connector;
        this.topic = topic;
    }

    /** How many records of the topic the group has not reported yet. */
    public long behind() {
        Map<TopicPartition, Long> ends = ends();
        Map<TopicPartition, OffsetAndMetadata> committed = committed();
        long behind = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            OffsetAndMetadata reported = committed.get(end.getKey());
            behind += end.getValue() - (reported == null ? 0 : Math.min(end.getValue(), reported.offset()));
        }
        return behind;
    }

    /** Deletes what the group has reported; it must have no members. */
    public void forget() {
        get(admin.deleteConsumerGroups(List.of(group)).all());
    }

    /** Lets the group report the beginning of every partition; it must have no members. */
    public void rewind() {
        Map<TopicPartition, OffsetAndMetadata> zero = new HashMap<>();
        ends().keySet().forEach(partition -> zero.put(partition, new OffsetAndMetadata(0)));
        get(admin.alterConsumerGroupOffsets(group, zero).all());
    }

    public boolean hasMembers() {
        return !description().members().isEmpty();
    }

    /** The consumers among whom partitions are assigned; empty while the group rebalances. */
    public Set<String> assignedMembers() {
        ConsumerGroupDescription description = description();
        return description.groupState() == GroupState.STABLE
                ? description.members().stream()
                        .map(MemberDescription::consumerId)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    @Override
    public void close() {
        admin.close();
    }

    private ConsumerGroupDescription description() {
        return Objects.requireNonNull(
                get(admin.describeConsumerGroups(List.of(group)).all()).get(group));
    }

    private Map<TopicPartition, Long> ends() {
        TopicDescription description = Objects.requireNonNull(
                get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic));
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        description
                .partitions()
                .forEach(
                        partition -> wanted.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> found =
                get(admin.listOffsets(wanted).all());
        found.forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        Map<TopicPartition, OffsetAndMetadata> all =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Collection<TopicPartition> others =
                all.keySet().stream().filter(at -> !at.topic().equals(topic)).toList();
        Map<TopicPartition, OffsetAndMetadata> own = new HashMap<>(all);
        own.keySet().removeAll(others);
        return own;
    }

    private <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new StackException("Kafka does not tell about the group " + group + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while Kafka was asked about the group " + group, e);
        }
    }
}
