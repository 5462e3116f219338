package dev.cdcdelta.admin.doctor;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A topic partition, and how far the table has come with it.
 *
 * @param beginning the first offset that Kafka still has
 * @param tableOffset the first offset that is not in the table; null if that is not known
 * @param events committed records that are not in the table
 * @param sourceTime the newest source time in the table
 * @param config the topic's configuration
 */
public record TopicState(
        String topic,
        int partition,
        long beginning,
        @Nullable Long tableOffset,
        long events,
        @Nullable Instant sourceTime,
        Map<String, String> config) {}
