package dev.cdcdelta.admin.lag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.smt.schema.ScalarType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.MockAdminClient;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineLagTest {
    private static final String TOPIC = "u.testdb.users";
    private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
    private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);

    @TempDir
    Path directory;

    private final MockAdminClient admin = MockAdminClient.create().build();
    private final KafkaOffsets kafka = new KafkaOffsets("mock:9092", admin);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final UnreadRecords unread = new UnreadRecords(Duration.ofMillis(1), () -> consumer);

    @BeforeEach
    void topic() {
        Node node = admin.broker(0);
        admin.addTopic(
                false,
                TOPIC,
                List.of(
                        new TopicPartitionInfo(0, node, List.of(node), List.of(node)),
                        new TopicPartitionInfo(1, node, List.of(node), List.of(node))),
                Map.of());
        admin.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 5L));
        admin.updateEndOffsets(Map.of(FIRST, 500L, SECOND, 330L));
        admin.updateConsumerGroupOffsets(Map.of(FIRST, 60L, SECOND, 20L));
    }

    private PipelineTopics topics(String key, String value) {
        return new PipelineTopics(Map.of(key, value, "warehouse", "file://" + directory));
    }

    @Test
    void tableCountsWhereItKnowsThePartitionAndTheGroupElsewhere() throws LostRaceException {
        try (var tables = new DeltaTables(Map.of())) {
            var columns =
                    new ColumnType.Struct(List.of(new Column("_id", "_id", new ColumnType.Leaf(ScalarType.STRING))));
            tables.create("file://" + directory + "/testdb/users", columns, Map.of())
                    .commit(new TableCommit(
                            columns,
                            List.of(),
                            Map.of(),
                            Map.of(
                                    "u-sink|" + TOPIC + "|0", 300L,
                                    "u-sink|" + TOPIC + "|0|source-time", 1_700_000_000_000L,
                                    "other|" + TOPIC + "|1", 29L)));

            List<PartitionLag> lags = new PipelineLag(kafka, unread, tables).of("u-sink", topics("topics", TOPIC));

            assertThat(lags)
                    .containsExactly(
                            new PartitionLag(TOPIC, 0, 300L, 60L, 500, 200, Instant.ofEpochMilli(1_700_000_000_000L)),
                            new PartitionLag(TOPIC, 1, null, 20L, 330, 310, null));
        }
    }

    @Test
    void topicsAreFoundByTheSinksExpression() {
        List<PartitionLag> lags =
                new PipelineLag(kafka, unread, null).of("u-sink", topics("topics.regex", "u\\.testdb\\.(.*)"));

        assertThat(lags).extracting(PartitionLag::events).containsExactly(440L, 310L);
        assertThat(new PipelineLag(kafka, unread, null).of("u-sink", topics("topics.regex", "x.*")))
                .isEmpty();
    }

    @Test
    void topicThatDoesNotExistYetHasNoPartitions() {
        assertThat(new PipelineLag(kafka, unread, null).of("u-sink", topics("topics", "u.testdb.none")))
                .isEmpty();
    }

    @Test
    void recordsThatTheTopicNoLongerHoldsAreInNoLag() {
        admin.updateBeginningOffsets(Map.of(FIRST, 100L, SECOND, 200L));

        assertThat(new PipelineLag(kafka, unread, null).of("u-sink", topics("topics", TOPIC)))
                .extracting(PartitionLag::events)
                .containsExactly(400L, 130L);
    }

    @Test
    void markersOfTransactionsAreNoEvents() {
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L));
        consumer.schedulePollTask(() -> {
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 96, new byte[0], new byte[0]));
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 98, new byte[0], new byte[0]));
        });
        consumer.schedulePollTask(() -> consumer.seek(FIRST, 100));

        assertThat(unread.between(FIRST, 95, 100)).isEqualTo(2);
    }

    @Test
    void offsetsThatCannotBeReadCountAsEvents() {
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L));

        assertThat(unread.between(FIRST, 95, 100)).isEqualTo(5);
        assertThat(unread.between(FIRST, 100, 100)).isZero();
    }
}
