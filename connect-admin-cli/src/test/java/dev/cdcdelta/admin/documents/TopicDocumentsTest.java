package dev.cdcdelta.admin.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.topic.TopicScan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicDocumentsTest {
    private static final String TOPIC = "shop.db.users";

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final List<@Nullable String> values = new ArrayList<>();

    private CollectedDocuments read(int most) {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.updateEndOffsets(Map.of(partition, (long) values.size()));
        consumer.schedulePollTask(() -> {
            for (int i = 0; i < values.size(); i++) {
                String value = values.get(i);
                consumer.addRecord(new ConsumerRecord<>(
                        TOPIC, 0, i, null, value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
            }
        });
        CollectedDocuments all = new CollectedDocuments(most);
        try (TopicDocuments topic = new TopicDocuments(TOPIC, new TopicScan(consumer, Duration.ofMillis(1)))) {
            topic.read(all);
        }
        return all;
    }

    @Test
    void envelopesAreReadWithAndWithoutTheirSchema() {
        values.add("{\"op\":\"c\",\"after\":\"{\\\"_id\\\":1}\",\"source\":{}}");
        values.add("{\"schema\":{},\"payload\":{\"op\":\"u\",\"after\":\"{\\\"_id\\\":2}\"}}");
        values.add("{\"op\":\"d\",\"after\":null}");
        values.add(null);
        values.add("{\"op\":\"u\"}");

        CollectedDocuments read = read(10);

        assertThat(read.texts()).containsExactly("{\"_id\": 1}", "{\"_id\": 2}");
        assertThat(read.refused).isEmpty();
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void whatIsNoEventIsRefusedWithItsOffset() {
        values.add("\0\0\0\0\1avro");
        values.add("{\"name\":\"plain\"}");
        values.add("{\"op\":\"c\",\"after\":\"{broken\"}");

        CollectedDocuments read = read(10);

        assertThat(read.documents).isEmpty();
        assertThat(read.refused).hasSize(3);
        assertThat(read.refused.get(0)).startsWith("topic shop.db.users, partition 0, offset 0: The value is not JSON");
        assertThat(read.refused.get(1)).contains("offset 1: The value is no change event");
        assertThat(read.refused.get(2)).contains("offset 2: ");
    }

    @Test
    void noMoreIsReadThanWanted() {
        for (int i = 0; i < 5; i++) {
            values.add("{\"op\":\"c\",\"after\":\"{\\\"_id\\\":" + i + "}\"}");
        }
        assertThat(read(2).documents).hasSize(2);
    }

    @Test
    void recordsThatDoNotComeAreAnError() {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.updateEndOffsets(Map.of(partition, 3L));
        try (TopicDocuments topic = new TopicDocuments(TOPIC, new TopicScan(consumer, Duration.ofMillis(1)))) {
            assertThatThrownBy(() -> CollectedDocuments.of(topic))
                    .isInstanceOf(CommandException.class)
                    .hasMessage("Topic shop.db.users has not been read to its end.");
        }
    }
}
