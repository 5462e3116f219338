package dev.cdcdelta.admin.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.topic.TopicScan;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DataFileWriter;
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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    private static final String QUEUE = "shop-dlq";
    private static final String ORDERS = "p.shop.orders";
    private static final TopicPartition PARTITION = new TopicPartition(QUEUE, 0);
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final long T = NOW.minusSeconds(3600).toEpochMilli();

    @TempDir
    Path directory;

    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private MockProducer<byte[], byte[]> producer = producer();
    private final List<ReplayDecision> decisions = new ArrayList<>();
    private final Map<String, String> sink = new HashMap<>();
    private boolean trusted;

    @BeforeEach
    void someLetters() {
        letter("{\"id\":\"\\\"a\\\"\"}", event(T, 5), "reason 17");
        letter("{\"id\":\"\\\"b\\\"\"}", event(T, 5), "reason 18");
    }

    private static String event(long time, int ordinal) {
        return "{\"after\":\"{}\",\"source\":{\"ts_ms\":" + time + ",\"ord\":" + ordinal + "},\"op\":\"u\"}";
    }

    private void letter(@Nullable String key, @Nullable String value, String message) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("x.own", bytes("kept"));
        String prefix = "__connect.errors.";
        headers.add(prefix + "topic", bytes(ORDERS));
        headers.add(prefix + "partition", bytes("2"));
        headers.add(prefix + "offset", bytes(Integer.toString(100 + records.size())));
        headers.add(prefix + "connector.name", bytes("shop-sink"));
        headers.add(prefix + "task.id", bytes("0"));
        headers.add(prefix + "stage", bytes("TASK_PUT"));
        headers.add(prefix + "exception.class.name", bytes("org.apache.kafka.connect.errors.DataException"));
        headers.add(
                prefix + "exception.message",
                bytes("The record of topic t, partition 2, offset 100, key k cannot be written: " + message));
        headers.add(prefix + "exception.stacktrace", bytes("first line\n\tat second.line"));
        add(key == null ? null : bytes(key), value == null ? null : bytes(value), headers);
    }

    private void add(byte @Nullable [] key, byte @Nullable [] value, org.apache.kafka.common.header.Headers headers) {
        records.add(new ConsumerRecord<>(
                QUEUE,
                0,
                records.size(),
                NOW.toEpochMilli() + records.size(),
                TimestampType.CREATE_TIME,
                1,
                value == null ? -1 : value.length,
                key,
                value,
                headers,
                Optional.empty()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private DeadLetterQueue queue() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        consumer.updatePartitions(QUEUE, List.of(new PartitionInfo(QUEUE, 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, (long) records.size()));
        for (int pass = 0; pass < 2; pass++) {
            consumer.schedulePollTask(() -> records.forEach(consumer::addRecord));
        }
        return new DeadLetterQueue(new TopicScan(consumer, Duration.ofMillis(1)), QUEUE);
    }

    private void replay() {
        replay(filter());
    }

    private static LetterFilter filter() {
        return new LetterFilter(
                Optional.of("shop-sink"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static MockProducer<byte[], byte[]> producer() {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void replay(LetterFilter filter) {
        decisions.clear();
        producer = producer.closed() ? producer() : producer;
        try (DeltaTables tables = new DeltaTables(Map.of());
                ReplayTransaction transaction = new ReplayTransaction(QUEUE, producer)) {
            ReplayRules rules = new ReplayRules(sink, Set.of(ORDERS), trusted, Clock.fixed(NOW, ZoneOffset.UTC));
            new Replay(rules, topic -> tables.open(location()), transaction::commit, decisions::add).run(queue(), filter);
        }
    }

    private String location() {
        return "file://" + directory + "/shop/orders";
    }

    /** Puts what the last replay wrote into the queue, as a reader of committed records would find it. */
    private void marksArrive() {
        for (ProducerRecord<byte[], byte[]> written : producer.history()) {
            if (written.topic().equals(QUEUE)) {
                add(written.key(), written.value(), written.headers());
            }
        }
    }

    private void row(String id, long time, int ordinal) throws LostRaceException {
        ColumnType.Struct columns = new ColumnType.Struct(List.of(
                column("_id", ScalarType.STRING),
                column(CdcColumns.TIME, ScalarType.DATE),
                column(CdcColumns.ORDINAL, ScalarType.INT32)));
        try (DeltaTables tables = new DeltaTables(Map.of())) {
            DeltaTable table =
                    tables.open(location()).orElseGet(() -> tables.create(location(), columns, Map.of()));
            DataFile file;
            try (DataFileWriter writer = table.writer(columns, Map.of())) {
                writer.write(new Object[] {id, time * 1000, ordinal});
                file = writer.finish();
            }
            table.commit(new TableCommit(columns, List.of(file), Map.of(), Map.of()));
        }
    }

    private static Column column(String name, ScalarType type) {
        return new Column(name, name, new ColumnType.Leaf(type));
    }

    private List<String> results() {
        return decisions.stream().map(each -> each.letter().place() + " " + each.action()).toList();
    }

    @Test
    void lettersGoBackAsTheyWereAndAreMarked() {
        replay();

        assertThat(results()).containsExactly("0:0 replay", "0:1 replay");
        List<ProducerRecord<byte[], byte[]>> events =
                producer.history().stream().filter(each -> each.topic().equals(ORDERS)).toList();
        assertThat(events).hasSize(2);
        assertThat(events.get(0).key()).isEqualTo(records.get(0).key());
        assertThat(events.get(0).value()).isEqualTo(records.get(0).value());
        assertThat(events.get(0).headers().toArray())
                .extracting(header -> header.key())
                .containsExactly("x.own", "cdcdelta.dlq.replayed");
        assertThat(producer.transactionCommitted()).isTrue();
        assertThat(producer.commitCount()).isEqualTo(1);
    }

    @Test
    void aSecondReplayRepeatsNothing() {
        replay();
        marksArrive();
        replay();

        assertThat(decisions).isEmpty();
        assertThat(producer.history()).isEmpty();
        assertThat(queue().open()).isZero();
    }

    @Test
    void aNewerRowAndOneOfTheSameTimeWin() throws LostRaceException {
        row("a", T, 6);
        row("b", T, 5);
        replay();

        assertThat(results()).containsExactly("0:0 superseded", "0:1 superseded");
        assertThat(producer.history()).allMatch(each -> each.topic().equals(QUEUE));
        marksArrive();
        assertThat(queue().marks().values()).containsOnly(Mark.Outcome.SUPERSEDED);
    }

    @Test
    void anOlderRowIsWrittenOverAndARowOfALaterSnapshotIsNot() throws LostRaceException {
        row("a", T - 1, 9);
        // The sink itself would let the older change win over this one.
        row("b", T + 60_000, -1);
        replay();

        assertThat(results()).containsExactly("0:0 replay", "0:1 superseded");
    }

    @Test
    void whatCannotBeOrderedIsRefusedAndStaysOpen() {
        records.clear();
        letter("{\"id\":\"\\\"a\\\"\"}", null, "tombstone");
        letter("{\"id\":\"\\\"a\\\"\"}", "{\"no\":\"time\"}", "no time");
        letter("{\"id\":\"\\\"a\\\"\"}", "\u0000\u0001binary", "no json");
        letter("plain", event(T, 1), "key");
        letter(null, event(T, 1), "no key");
        replay();

        assertThat(decisions).hasSize(5).allMatch(each -> each.action() == ReplayDecision.Action.REFUSED);
        assertThat(producer.history()).isEmpty();
        assertThat(queue().open()).isEqualTo(5);
    }

    @Test
    void aLetterOlderThanTheMemoryOfDeletesNeedsTheUsersWord() {
        sink.put("delete.retention.ms", "1000");
        replay();
        assertThat(results()).containsExactly("0:0 refused", "0:1 refused");
        assertThat(decisions.get(0).why()).contains("--allow-forgotten-deletes");

        trusted = true;
        replay();
        assertThat(results()).containsExactly("0:0 replay", "0:1 replay");
    }

    @Test
    void versionsInHeadersOfTheTransformCountToo() throws LostRaceException {
        records.clear();
        letter("{\"id\":\"\\\"a\\\"\"}", "{\"typed\":1}", "typed");
        records.get(0).headers().add("cdcdelta.ts_ms", bytes(Long.toString(T))).add("cdcdelta.ord", bytes("7"));
        row("a", T, 8);
        replay();

        assertThat(results()).containsExactly("0:0 superseded");
    }

    @Test
    void filtersChooseLetters() {
        letter("{\"id\":\"\\\"c\\\"\"}", event(T, 5), "something else");
        replay(new LetterFilter(
                Optional.empty(), Optional.of(ORDERS), Optional.of(Pattern.compile("else")), Optional.empty(), Optional.empty()));
        assertThat(results()).containsExactly("0:2 replay");
        replay(new LetterFilter(
                Optional.of("other-sink"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(decisions).isEmpty();
        replay(new LetterFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new DeadLetter.Place(0, 1)),
                Optional.of(NOW)));
        assertThat(results()).containsExactly("0:1 replay");
    }

    @Test
    void aReplayBesideAnotherOneEndsWithoutWriting() {
        producer.commitTransactionException = new ProducerFencedException("another");

        assertThatThrownBy(this::replay)
                .isInstanceOf(CommandException.class)
                .hasCauseInstanceOf(ProducerFencedException.class)
                .extracting(e -> ((CommandException) e).reason())
                .isEqualTo("Another replay of the same queue has begun.");
        assertThat(producer.history()).isEmpty();
        assertThat(decisions).isEmpty();
    }

    @Test
    void lettersAreCountedByWhatTheirReasonsHaveInCommon() {
        LetterCounts counts = new LetterCounts(Map.of(new DeadLetter.Place(0, 0), Mark.Outcome.REPLAYED), 1);
        queue().letters(counts::add);

        assertThat(counts.counts())
                .containsExactly(new LetterCounts.Count(
                        ORDERS, "TASK_PUT", "reason #", 2, 1, NOW, NOW.plusMillis(1)));
        assertThat(counts.newest()).extracting(line -> line.place() + " " + line.state()).containsExactly("0:1 open");
    }

    @Test
    void aLettersDataIsShownOnlyWhenAskedFor() {
        List<DeadLetter> letters = new ArrayList<>();
        queue().letters(letters::add);

        assertThat(LetterView.of(letters.get(0), false).toString())
                .contains("stage=TASK_PUT", "offset=100", "reason 17", "exception.stacktrace=first line")
                .doesNotContain("ts_ms");
        assertThat(LetterView.of(letters.get(0), true).toString()).contains("ts_ms", "second.line");
    }
}
