package dev.cdcdelta.reconcile.barrier;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;

/** How far the sink's consumer group is behind a topic. Its offsets lag behind the table's, never the other way round. */
public final class SinkLag implements AutoCloseable {
    private final Admin admin;
    private final TopicEnds ends;
    private final String group;

    /** @param kafka settings of a client */
    public SinkLag(Map<String, String> kafka, TopicEnds ends, String group) {
        this.admin = Admin.create(new HashMap<>(kafka));
        this.ends = ends;
        this.group = group;
    }

    /** Records to go; a partition that the group has no offset of does not count. */
    public long of(String topic) {
        try {
            return between(
                    admin.listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata()
                            .get(),
                    ends.of(topic));
        } catch (ExecutionException | KafkaException e) {
            throw new ConnectException(
                    "Kafka does not tell the offsets of the sink's consumer group " + group + ": " + e.getMessage()
                            + ". Let the user of 'kafka.*' describe the group, or set 'load.max.lag.records' to 0",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("Interrupted while the offsets of " + group + " were asked for", e);
        }
    }

    static long between(Map<TopicPartition, OffsetAndMetadata> offsets, Map<TopicPartition, Long> ends) {
        long behind = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            OffsetAndMetadata offset = offsets.get(end.getKey());
            behind += offset == null ? 0 : Math.max(0, end.getValue() - offset.offset());
        }
        return behind;
    }

    @Override
    public void close() {
        admin.close();
    }
}
