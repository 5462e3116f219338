package dev.cdcdelta.admin.lag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.smt.schema.ScalarType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.MockAdminClient;
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
        admin.updateEndOffsets(Map.of(FIRST, 100L, SECOND, 30L));
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
                                    "u-sink|" + TOPIC + "|0", 90L,
                                    "u-sink|" + TOPIC + "|0|source-time", 1_700_000_000_000L,
                                    "other|" + TOPIC + "|1", 29L)));

            List<PartitionLag> lags = new PipelineLag(kafka, tables).of("u-sink", topics("topics", TOPIC));

            assertThat(lags)
                    .containsExactly(
                            new PartitionLag(TOPIC, 0, 90L, 60L, 0, 100, Instant.ofEpochMilli(1_700_000_000_000L)),
                            new PartitionLag(TOPIC, 1, null, 20L, 5, 30, null));
            assertThat(lags).extracting(PartitionLag::events).containsExactly(10L, 10L);
        }
    }

    @Test
    void topicsAreFoundByTheSinksExpression() {
        List<PartitionLag> lags =
                new PipelineLag(kafka, null).of("u-sink", topics("topics.regex", "u\\.testdb\\.(.*)"));

        assertThat(lags).extracting(PartitionLag::events).containsExactly(40L, 10L);
        assertThat(new PipelineLag(kafka, null).of("u-sink", topics("topics.regex", "x.*")))
                .isEmpty();
    }

    @Test
    void topicThatDoesNotExistYetHasNoPartitions() {
        assertThat(new PipelineLag(kafka, null).of("u-sink", topics("topics", "u.testdb.none")))
                .isEmpty();
    }

    @Test
    void recordsThatTheTopicNoLongerHoldsAreInNoLag() {
        assertThat(new PartitionLag(TOPIC, 0, 3L, null, 5, 30, null).events()).isEqualTo(25);
        assertThat(new PartitionLag(TOPIC, 0, null, null, 5, 30, null).events()).isEqualTo(25);
        assertThat(new PartitionLag(TOPIC, 0, 31L, null, 5, 30, null).events()).isZero();
    }
}
