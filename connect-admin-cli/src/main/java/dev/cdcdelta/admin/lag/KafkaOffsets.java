package dev.cdcdelta.admin.lag;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Offsets as Kafka knows them. */
public final class KafkaOffsets implements AutoCloseable {
    private final String bootstrapServers;
    private final Admin admin;

    KafkaOffsets(String bootstrapServers, Admin admin) {
        this.bootstrapServers = bootstrapServers;
        this.admin = admin;
    }

    public static KafkaOffsets connect(String bootstrapServers, Duration timeout) {
        int milliseconds = Math.toIntExact(timeout.toMillis());
        try {
            Admin admin = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, milliseconds,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, milliseconds));
            return new KafkaOffsets(bootstrapServers, admin);
        } catch (KafkaException e) {
            throw unreachable(bootstrapServers, e);
        }
    }

    /** Names of the topics that match. */
    public Set<String> topics(Pattern pattern) {
        Set<String> names = new HashSet<>(answer(admin.listTopics().names()));
        names.removeIf(name -> !pattern.matcher(name).matches());
        return names;
    }

    /** Offsets before and behind the committed records of a partition. */
    public record Bounds(long beginning, long end) {}

    /** Of every partition of these topics; a topic that does not exist has none. */
    public Map<TopicPartition, Bounds> bounds(Set<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        admin.describeTopics(topics).topicNameValues().forEach((topic, future) -> {
            try {
                future.get().partitions().forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw unreachable(bootstrapServers, e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        });
        ListOffsetsResult earliest = admin.listOffsets(specs(partitions, OffsetSpec.earliest()));
        ListOffsetsResult latest = admin.listOffsets(
                specs(partitions, OffsetSpec.latest()), new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
        Map<TopicPartition, Bounds> bounds = new HashMap<>();
        for (TopicPartition partition : partitions) {
            bounds.put(
                    partition,
                    new Bounds(
                            answer(earliest.partitionResult(partition)).offset(),
                            answer(latest.partitionResult(partition)).offset()));
        }
        return bounds;
    }

    /** The configuration of topics that exist, defaults of the brokers included. */
    public Map<String, Map<String, String>> configs(Collection<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<String, Map<String, String>> configs = new HashMap<>();
        answer(admin.describeConfigs(resources).all()).forEach((resource, config) -> {
            Map<String, String> values = new HashMap<>();
            config.entries().forEach(entry -> {
                if (entry.value() != null) {
                    values.put(entry.name(), entry.value());
                }
            });
            configs.put(resource.name(), values);
        });
        return configs;
    }

    /** What a consumer group has committed of these partitions; empty if there is no such group. */
    public Map<TopicPartition, Long> committed(String group, Collection<TopicPartition> partitions) {
        try {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            var wanted = new ListConsumerGroupOffsetsSpec().topicPartitions(partitions);
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(Map.of(group, wanted))
                    .partitionsToOffsetAndMetadata(group)
                    .get();
            committed.forEach((partition, offset) -> {
                if (offset != null) {
                    offsets.put(partition, offset.offset());
                }
            });
            return offsets;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw unreachable(bootstrapServers, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static Map<TopicPartition, OffsetSpec> specs(List<TopicPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        partitions.forEach(partition -> specs.put(partition, spec));
        return specs;
    }

    private <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw unreachable(bootstrapServers, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static CommandException unreachable(String bootstrapServers, Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new CommandException(
                ExitCode.UNREACHABLE,
                "Kafka at " + bootstrapServers + " does not tell its offsets.",
                cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                "Check --bootstrap-servers and that the brokers run.",
                e);
    }

    private static CommandException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CommandException(
                ExitCode.TIMED_OUT, "Interrupted while waiting for Kafka.", "", "Run the command again.", e);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
