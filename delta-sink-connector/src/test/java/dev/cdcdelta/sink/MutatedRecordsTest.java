package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.MutatedEvents.Event;
import dev.cdcdelta.sink.batch.BufferedChange;
import dev.cdcdelta.sink.batch.PartitionBatch;
import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.batch.TableRows;
import dev.cdcdelta.sink.change.ChangeReader;
import dev.cdcdelta.sink.change.DocumentPolicy;
import dev.cdcdelta.sink.mapping.RowDocument;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.smt.SchemaEvolution;
import dev.cdcdelta.smt.connect.Meaning;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Records with faults of all kinds, from their bytes in Kafka to a table, the way Connect takes them: converters, the transform where
 * there is one, the task. Whatever they are, the task goes on, each is a row or refused, and the rows mean what the documents' texts
 * mean. Updates whose document was gone, and tombstones right behind their deletes, are left out, as documented.
 */
class MutatedRecordsTest {
    /** Records that one table takes: with more, the columns that faults invent would be what is measured. */
    private static final int BATCH = 400;

    /** One batch of so many goes into a real table; the others are read and mapped as for one. */
    private static final int TABLES = 16;

    /** Where a table in memory can be had, a campaign need not wait for disks. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private final JsonConverter keys = new JsonConverter();
    private final JsonConverter values = new JsonConverter();
    private Path directory;

    @BeforeEach
    void prepare() throws IOException {
        directory = Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "mutated")
                : Files.createTempDirectory("mutated");
        keys.configure(Map.of("schemas.enable", false), true);
        values.configure(Map.of("schemas.enable", false), false);
    }

    @AfterEach
    void clear() throws IOException {
        keys.close();
        values.close();
        FileUtils.deleteDirectory(directory.toFile());
    }

    @Test
    void areRowsOrRefusedAndNeverLost() throws IOException {
        run(1, 64);
    }

    @Test
    @Tag("slow")
    void areRowsOrRefusedAndNeverLostAMillionTimes() throws IOException {
        run(1_000, 1_000_000 / BATCH);
    }

    /** Each batch has a seed of its own, so that one that fails runs again alone. */
    private void run(long firstSeed, int batches) throws IOException {
        Totals totals = new Totals();
        for (long seed : Seeds.from(firstSeed, batches).toArray()) {
            try {
                batch(seed, totals);
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError("Batch of -Dseed=" + seed + ": " + failed.getMessage(), failed);
            }
        }
        System.out.println("mutated records: seeds from " + firstSeed + ", " + totals.text());
        if (!Seeds.areRepeated()) {
            assertThat(totals.rows).isGreaterThan(totals.in / 3);
            assertThat(totals.inTable).isGreaterThan(totals.in / TABLES / 4);
            assertThat(totals.byConverter).isPositive();
            assertThat(totals.byTransform).isPositive();
            assertThat(totals.bySink).isPositive();
        }
    }

    private static final class Totals {
        private int in;
        private int inTable;
        private int rows;
        private int byConverter;
        private int byTransform;
        private int bySink;
        private int leftOut;

        String text() {
            return in + " records, " + inTable + " of them for real tables = " + rows + " rows + "
                    + (byConverter + byTransform + bySink) + " refused ("
                    + byConverter + " by the converter, " + byTransform + " by the transform, " + bySink
                    + " by the sink) + " + leftOut + " updates without a document or tombstones of deletes";
        }
    }

    private void batch(long seed, Totals totals) throws IOException {
        // Small seeds in a row would begin alike.
        Random random = new Random(seed * 0x9e37_79b9_7f4a_7c15L);
        boolean inTable = seed % TABLES == 0;
        totals.inTable += inTable ? BATCH : 0;
        boolean isFlat = random.nextInt(8) == 0;
        boolean isTransformed = random.nextBoolean();
        boolean keepsText = !isFlat && random.nextInt(4) == 0;
        Path place = Files.createDirectory(directory.resolve("batch" + seed));
        SinkRig rig =
                new SinkRig(place).with("write.mode", "append").with("document.text", Boolean.toString(keepsText));
        List<SinkRecord> accepted = new ArrayList<>();
        int refusedBefore = totals.byConverter + totals.byTransform;
        int leftOutBefore = totals.leftOut;
        MutatedEvents events = new MutatedEvents(random);
        try (SchemaEvolution<SinkRecord> transform = new SchemaEvolution.Value<>();
                SchemaEvolution<SinkRecord> keyTransform = new SchemaEvolution.Key<>()) {
            transform.configure(Map.of(SchemaEvolution.DOCUMENT_TEXT, Boolean.toString(keepsText)));
            keyTransform.configure(Map.of());
            boolean withKeys = isTransformed && random.nextBoolean();
            for (int i = 0; i < BATCH; i++) {
                totals.in++;
                SinkRecord read = read(isFlat ? events.nextFlat() : events.next(), i);
                if (read == null) {
                    totals.byConverter++;
                    continue;
                }
                SinkRecord typed = read;
                if (isTransformed) {
                    try {
                        typed = transform.apply(read);
                        typed = typed == null || !withKeys ? typed : keyTransform.apply(typed);
                    } catch (DataException refused) {
                        assertThat(refused).hasMessageContaining("topic " + P0.topic() + ", partition 0, offset " + i);
                        totals.byTransform++;
                        continue;
                    }
                }
                if (typed == null || isUpdateWithoutDocument(read)) {
                    assertThat(isUpdateWithoutDocument(read))
                            .as("%s", read.value())
                            .isTrue();
                    totals.leftOut++;
                    if (typed == null) {
                        continue;
                    }
                }
                rig.topics.append(
                        P0, typed.keySchema(), typed.key(), typed.valueSchema(), typed.value(), typed.headers());
                accepted.add(read);
            }
        }
        Sunk sunk = inTable ? intoTable(rig) : mapped(rig, keepsText);
        assertThat(sunk.refused).doesNotHaveDuplicates();
        check(sunk, accepted, isFlat, totals);
        int refusedNow = totals.byConverter + totals.byTransform - refusedBefore + sunk.refused.size();
        assertThat(sunk.rows.size() + refusedNow + totals.leftOut - leftOutBefore)
                .as("records in = rows + refused + left out")
                .isEqualTo(BATCH);
        FileUtils.deleteDirectory(place.toFile());
    }

    /** What became of the records that the task was given. */
    private record Sunk(List<Row> rows, List<Long> refused) {}

    private record Row(boolean isDelete, String meaning) {}

    private static Sunk intoTable(SinkRig rig) {
        List<Long> refused = new ArrayList<>();
        FakeRuntime task = rig.unstarted();
        task.reporter = (record, error) -> {
            assertThat(error)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("topic " + P0.topic() + ", partition 0, offset " + record.kafkaOffset());
            refused.add(record.kafkaOffset());
            return CompletableFuture.completedFuture(null);
        };
        task.start(P0).sink();
        task.stop();
        assertThat(rig.topics.groupOffsets.getOrDefault(P0, 0L)).isEqualTo(rig.topics.end(P0));
        return new Sunk(rows(rig), refused);
    }

    /** As the task reads and maps them, without files. */
    private static Sunk mapped(SinkRig rig, boolean keepsText) {
        SchemaRules rules = SchemaRules.of(ConflictPolicy.SIDECAR);
        TableBatch batch = new TableBatch(
                new TableRows(new SchemaPlanner(SchemaGrowth.WIDEN, rules, TableKind.EVENTS, keepsText), rules));
        List<Long> refused = new ArrayList<>();
        try (ChangeReader reader =
                new ChangeReader(rules, new DocumentPolicy(false, keepsText), topic -> new StructType(List.of()))) {
            for (SinkRecord record : rig.topics.read(P0, 0, Integer.MAX_VALUE)) {
                try {
                    reader.read(record).ifPresent(change -> batch.add(P0, record.kafkaOffset(), change));
                } catch (DataException why) {
                    refused.add(record.kafkaOffset());
                    reader.forgetDocuments(P0.topic());
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        ColumnType.Struct columns = batch.settleColumns().orElseThrow();
        RowDocument documents = new RowDocument(columns);
        for (PartitionBatch partition : batch.partitions()) {
            for (BufferedChange change : partition.changes()) {
                rows.add(row(documents, batch.row(change), change.isDelete()));
            }
        }
        return new Sunk(rows, refused);
    }

    private static Row row(RowDocument documents, @Nullable Object[] values, boolean isDelete) {
        return new Row(isDelete, isDelete ? "" : meaning(documents.of(values).document()));
    }

    /** Null if a converter refuses the bytes. */
    private @Nullable SinkRecord read(Event event, int offset) {
        try {
            SchemaAndValue key = keys.toConnectData(P0.topic(), event.key());
            SchemaAndValue value = values.toConnectData(P0.topic(), event.value());
            return new SinkRecord(
                    P0.topic(), 0, null, key.value(), null, value.value(), offset, 0L, TimestampType.CREATE_TIME);
        } catch (DataException refused) {
            return null;
        }
    }

    private static void check(Sunk sunk, List<SinkRecord> accepted, boolean isFlat, Totals totals) {
        List<String> expected = new ArrayList<>();
        int others = 0;
        for (int offset = 0; offset < accepted.size(); offset++) {
            SinkRecord record = accepted.get(offset);
            if (sunk.refused.contains((long) offset) || isUpdateWithoutDocument(record)) {
                continue;
            }
            if (offset > 0 && !sunk.refused.contains(offset - 1L) && isTombstoneOf(accepted.get(offset - 1), record)) {
                totals.leftOut++;
                continue;
            }
            Optional<String> after = after(record);
            if (after.isPresent()) {
                expected.add(meaning(ExtendedJson.parseDocument(after.get())));
            } else {
                others++;
                assertThat(isFlat || isDelete(record))
                        .as("a row of something that is no event: %s", record)
                        .isTrue();
            }
        }
        List<String> documents = new ArrayList<>();
        int deletes = 0;
        for (Row row : sunk.rows) {
            if (row.isDelete || isFlat) {
                deletes++;
            } else {
                documents.add(row.meaning);
            }
        }
        assertThat(documents).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(deletes).isEqualTo(others);
        totals.rows += documents.size() + deletes;
        totals.bySink += sunk.refused.size();
    }

    /**
     * What a document means in JSON text. Without its fields of null, which no column keeps, a document may look like the text of
     * another value: {"$timestamp": {"t": 1, "x": null, "i": 2}}. That is a documented limit, not a loss.
     */
    private static String meaning(BsonDocument document) {
        return Meaning.of(ExtendedJson.parseDocument(Meaning.of(document)));
    }

    private static Optional<String> after(SinkRecord record) {
        return record.value() instanceof Map<?, ?> envelope
                        && envelope.get("after") instanceof String text
                        && List.of("c", "r", "u").contains(String.valueOf(envelope.get("op")))
                ? Optional.of(text)
                : Optional.empty();
    }

    private static boolean isDelete(SinkRecord record) {
        return record.value() == null || record.value() instanceof Map<?, ?> envelope && "d".equals(envelope.get("op"));
    }

    /** Keys may be mutated into others' keys, and so a tombstone may be that of the delete before it, which it adds nothing to. */
    private static boolean isTombstoneOf(SinkRecord before, SinkRecord record) {
        return record.value() == null
                && record.key() != null
                && record.key().equals(before.key())
                && before.value() instanceof Map<?, ?> envelope
                && "d".equals(envelope.get("op"));
    }

    private static boolean isUpdateWithoutDocument(SinkRecord record) {
        return record.value() instanceof Map<?, ?> envelope
                && "u".equals(envelope.get("op"))
                && envelope.get("after") == null
                && (envelope.get("before") == null || envelope.get("before") instanceof String)
                && envelope.get("source") instanceof Map<?, ?> source
                && source.get("collection") instanceof String;
    }

    private static List<Row> rows(SinkRig rig) {
        List<Row> rows = new ArrayList<>();
        DeltaTable table = rig.table.table().orElse(null);
        if (table == null) {
            return rows;
        }
        ColumnType.Struct columns = table.snapshot().columns();
        int operation = CdcColumns.indexOf(columns, CdcColumns.OPERATION);
        List<String> names = columns.columns().stream().map(Column::name).toList();
        RowDocument documents = new RowDocument(columns);
        for (DataFile file : table.snapshot().files().values()) {
            try (CloseableIterator<StoredRow> stored = table.read(file, names)) {
                while (stored.hasNext()) {
                    Object[] values = stored.next().values();
                    rows.add(row(documents, values, "d".equals(values[operation])));
                }
            }
        }
        return rows;
    }
}
