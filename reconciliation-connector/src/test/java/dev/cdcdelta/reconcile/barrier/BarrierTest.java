package dev.cdcdelta.reconcile.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.reconcile.table.DeepReading;
import dev.cdcdelta.reconcile.table.TableSide;
import dev.cdcdelta.sink.merge.TransactionIds;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.smt.schema.ScalarType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.bson.BsonTimestamp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarrierTest {
    private static final TopicPartition PARTITION = new TopicPartition("t.shop.orders", 0);
    private static final BsonTimestamp NOW = new BsonTimestamp(1_000, 5);
    private static final TransactionIds IDS = new TransactionIds("sink");

    @TempDir
    Path directory;

    private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
    private final Deque<Runnable> happenings = new ArrayDeque<>();
    private OptionalLong sourceAt = OptionalLong.of(NOW.getValue());
    private Optional<String> failure = Optional.empty();
    private Instant now = Instant.EPOCH;
    private DeltaTables tables;
    private String location;

    @BeforeEach
    void open() {
        tables = new DeltaTables(Map.of());
        location = directory.resolve("orders").toUri().toString();
        kafka.updatePartitions(
                PARTITION.topic(), List.of(new PartitionInfo(PARTITION.topic(), 0, Node.noNode(), null, null)));
        kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
        kafka.updateEndOffsets(Map.of(PARTITION, 0L));
    }

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void theTableIsWaitedForUntilItHoldsTheTopicsEnd() {
        ends(10);
        recordAt(9);
        happenings.add(() -> commit(4));
        happenings.add(() -> commit(10));

        Barrier.Passed passed = barrier().pass();

        assertThat(passed.operationTime()).isEqualTo(NOW);
        assertThat(passed.table().orElseThrow().transactions()).containsEntry(IDS.offset(PARTITION), 10L);
        assertThat(happenings).isEmpty();
    }

    @Test
    void markersOfTransactionsBehindTheLastRecordAreNotWaitedFor() {
        ends(11);
        commit(10);
        kafka.schedulePollTask(() -> kafka.seek(PARTITION, 11));

        assertThat(barrier().pass().table()).isPresent();
    }

    @Test
    void theSourceIsWaitedForUntilItHasPassedTheOperationTime() {
        sourceAt = OptionalLong.of(new BsonTimestamp(1_000, 4).getValue());
        happenings.add(() -> sourceAt = OptionalLong.empty());
        happenings.add(() -> sourceAt = OptionalLong.of(new BsonTimestamp(1_001, 1).getValue()));

        assertThat(barrier().pass().table()).isEmpty();
        assertThat(happenings).isEmpty();
    }

    @Test
    void aSourceThatStandsStillEndsInAClearState() {
        sourceAt = OptionalLong.of(new BsonTimestamp(999, 1).getValue());
        assertThatThrownBy(() -> barrier().pass())
                .isInstanceOf(BarrierException.class)
                .hasMessageContaining("heartbeat.interval.ms")
                .hasMessageContaining("60 s");
    }

    @Test
    void aTableThatStandsStillEndsInAClearState() {
        ends(10);
        recordAt(9);
        commit(4);
        assertThatThrownBy(() -> barrier().pass())
                .isInstanceOf(BarrierException.class)
                .hasMessageContaining("{0=6}")
                .hasMessageContaining("sink.connector");
    }

    @Test
    void aFailedConnectorIsNotWaitedFor() {
        ends(10);
        recordAt(9);
        commit(4);
        failure = Optional.of(
                ConnectApi.failed("shop-sink", "java.lang.X: no\n\tat a.b\nCaused by: java.lang.Y: disk full\n"));
        assertThatThrownBy(() -> barrier().pass())
                .isInstanceOf(BarrierException.class)
                .hasMessageContaining("'shop-sink' has failed: java.lang.Y: disk full");
    }

    @Test
    void anOplogThatRolledOverIsNamed() {
        assertThat(ConnectApi.failed(
                        "shop-source",
                        "org.apache.kafka.connect.errors.ConnectException: x\nCaused by: com.mongodb.MongoCommandException: Command"
                                + " failed with error 286 (ChangeStreamHistoryLost): 'Resume of change stream was not possible, as"
                                + " the resume point may no longer be in the oplog.'"))
                .contains("oplog has rolled over")
                .contains("'shop-source'")
                .contains("new snapshot");
    }

    private Barrier barrier() {
        Barrier.Parts parts = new Barrier.Parts(
                () -> NOW,
                () -> sourceAt,
                () -> failure,
                new TopicEnds(kafka),
                PARTITION.topic(),
                new TableSide(tables, location, DeepReading.NONE),
                IDS,
                Duration.ofMinutes(1));
        InstantSource time = () -> now;
        Clock clock = time.withZone(ZoneOffset.UTC);
        return new Barrier(parts, clock, pause -> {
            now = now.plus(Duration.ofSeconds(30));
            if (!happenings.isEmpty()) {
                now = Instant.EPOCH;
                happenings.remove().run();
            }
        });
    }

    private void ends(long offset) {
        kafka.updateEndOffsets(Map.of(PARTITION, offset));
    }

    /** Each time that somebody looks whether there is one. */
    private void recordAt(long offset) {
        for (int i = 0; i < 10; i++) {
            kafka.schedulePollTask(() -> kafka.addRecord(
                    new ConsumerRecord<>(PARTITION.topic(), 0, offset, null, "x".getBytes(StandardCharsets.UTF_8))));
        }
    }

    private void commit(long offset) {
        ColumnType.Struct columns =
                new ColumnType.Struct(List.of(new Column("_id", "_id", new ColumnType.Leaf(ScalarType.STRING))));
        DeltaTable table = tables.open(location).orElseGet(() -> tables.create(location, columns, Map.of()));
        try {
            table.commit(new TableCommit(columns, List.of(), Map.of(), Map.of(IDS.offset(PARTITION), offset)));
        } catch (LostRaceException e) {
            throw new AssertionError(e);
        }
    }
}
