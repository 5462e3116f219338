package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.index.StoredKey;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.sink.table.TableProtocolCheck;
import dev.cdcdelta.smt.key.DocumentKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Collections whose {@code _id}s are of many types: each is a row of its own, found again by its key alone. */
class MixedIdsTest {
    /** As extended JSON; those of one line are one {@code _id} to MongoDB. */
    private static final List<List<String>> IDS = List.of(
            List.of("7", "{\"$numberLong\":\"7\"}", "7.0", "{\"$numberDecimal\":\"7.0\"}"),
            List.of("8.5"),
            List.of("{\"$numberLong\":\"9007199254740993\"}"),
            List.of("{\"$numberLong\":\"5000000000\"}", "5000000000.0"),
            List.of("\"7\""),
            List.of("\"65a1b2c3d4e5f60718293a4b\""),
            List.of("{\"$oid\":\"65a1b2c3d4e5f60718293a4b\"}"),
            List.of("null"),
            List.of("true"),
            List.of("{\"$date\":1700000000000}"),
            List.of("{\"$binary\":\"AQI=\",\"$type\":\"00\"}"),
            List.of("{\"$binary\":\"AAECAwQFBgcICQoLDA0ODw==\",\"$type\":\"04\"}"),
            List.of("{\"$minKey\":1}"),
            List.of("{\"a\":1,\"b\":\"x\"}", "{\"a\":1.0,\"b\":\"x\"}"),
            List.of("{\"a\":5000000000.0,\"b\":\"x\"}", "{\"a\":{\"$numberLong\":\"5000000000\"},\"b\":\"x\"}"),
            List.of("{\"a\":1.5,\"b\":\"x\"}"),
            List.of("{\"a\":\"1\",\"b\":\"x\"}"),
            List.of("{\"b\":\"x\",\"a\":1}"),
            List.of("{\"a\":1,\"b\":\"x\",\"c\":null}"));

    @TempDir
    Path directory;

    /** Whether a table's columns may take wider types, and else who keeps them from it. */
    enum Widening {
        ALLOWED,
        NOT_BY_TABLE,
        NOT_BY_CONNECTOR;

        SinkRig of(SinkRig rig) {
            return switch (this) {
                case ALLOWED -> rig;
                case NOT_BY_TABLE -> rig.with("table.properties.delta.enableTypeWidening", "false");
                case NOT_BY_CONNECTOR -> rig.with("schema.evolution", "add");
            };
        }
    }

    static Stream<Arguments> fewSeeds() {
        return seeds(LongStream.of(1, 2));
    }

    static Stream<Arguments> manySeeds() {
        return seeds(Seeds.from(10, 40));
    }

    private static Stream<Arguments> seeds(LongStream seeds) {
        return seeds.boxed()
                .flatMap(seed -> Stream.of(Widening.values())
                        .flatMap(widening -> Stream.of(
                                Arguments.of("hard", "merge-on-read", widening, seed),
                                Arguments.of("soft", "merge-on-read", widening, seed),
                                Arguments.of("hard", "copy-on-write", widening, seed))));
    }

    @ParameterizedTest(name = "{0}, {1}, widening {2}, seed {3}")
    @MethodSource("fewSeeds")
    void theTableEqualsTheModel(String deletes, String merge, Widening widening, long seed) throws Exception {
        run(deletes, merge, widening, seed, 12);
    }

    @Tag("slow")
    @ParameterizedTest(name = "{0}, {1}, widening {2}, seed {3}")
    @MethodSource("manySeeds")
    void theTableEqualsTheModelInALongCampaign(String deletes, String merge, Widening widening, long seed)
            throws Exception {
        run(deletes, merge, widening, seed, 40);
    }

    private void run(String deletes, String merge, Widening widening, long seed, int rounds) throws Exception {
        Random random = new Random(seed);
        SinkRig rig =
                widening.of(new SinkRig(directory)).with("delete.mode", deletes).with("merge.mode", merge);
        Map<String, String> model = new TreeMap<>();
        List<String> dead = new ArrayList<>();
        Set<String> documents = new TreeSet<>();
        FakeRuntime task = reporting(rig, dead);
        int n = 0;
        for (int round = 0; round < rounds; round++) {
            for (int i = random.nextInt(12); i >= 0; i--) {
                List<String> forms = IDS.get(random.nextInt(IDS.size()));
                String id = forms.get(random.nextInt(forms.size()));
                String key = DocumentKey.ofExtendedJson(id).canonical();
                n++;
                if (random.nextInt(3) == 0 && model.containsKey(key)) {
                    rig.source.deleteOf(id, n);
                    model.remove(key);
                } else {
                    rig.source.upsertOf(id, "\"n\":" + n, n);
                    documents.add(key);
                    model.put(key, Integer.toString(n));
                }
            }
            task.pollAll();
            task.sink();
            if (random.nextInt(4) == 0) {
                task.stop();
                if (random.nextBoolean()) {
                    FileUtils.deleteDirectory(directory.resolve("_state").toFile());
                }
                task = reporting(rig, dead);
            }
        }
        task.stop();
        assertThat(rows(rig, deletes.equals("soft"))).as("seed %d", seed).isEqualTo(model);
        int deleted = documents.size() - model.size();
        assertThat(rows(rig, deletes.equals("soft")).size() + deleted + dead.size())
                .as("documents in = rows + deleted ones + dead letters, seed %d", seed)
                .isEqualTo(documents.size());
        TableProtocolCheck.check(rig.table.location());
        System.out.printf(
                "mixed ids: %s, %s, widening %s, seed %d, %d changes, %d rows; table = model%n",
                deletes, merge, widening, seed, n, model.size());
    }

    /** @param dead takes the messages of refused records */
    private static FakeRuntime reporting(SinkRig rig, List<String> dead) {
        FakeRuntime task = rig.unstarted();
        task.reporter = (record, error) -> {
            dead.add(error.getMessage());
            return CompletableFuture.completedFuture(null);
        };
        return task.start(P0);
    }

    /** {@code n} by the canonical text of the key. */
    private static Map<String, String> rows(SinkRig rig, boolean marksDeleted) {
        DeltaTable table = rig.table.table().orElseThrow();
        StoredKey keys = new StoredKey(table.snapshot().columns());
        List<String> columns = marksDeleted ? keys.columns("n", "_cdc_deleted") : keys.columns("n");
        Map<String, String> rows = new TreeMap<>();
        for (DataFile file : table.snapshot().files().values()) {
            try (CloseableIterator<StoredRow> stored = table.read(file, columns)) {
                while (stored.hasNext()) {
                    Object[] values = stored.next().values();
                    DocumentKey key = keys.of(values);
                    if (key != null && !(marksDeleted && Boolean.TRUE.equals(values[2]))) {
                        assertThat(rows.put(key.canonical(), String.valueOf(values[1])))
                                .as("two rows of %s", key)
                                .isNull();
                    }
                }
            }
        }
        return rows;
    }

    /** Whatever number it was stored as, and whatever number the delete names. */
    @ParameterizedTest
    @ValueSource(strings = {"7", "7.0", "{\"$numberLong\":\"7\"}", "{\"$numberDecimal\":\"7\"}"})
    void aDeleteOfSevenRemovesTheRowOfSeven(String stored) {
        List<String> forms = IDS.get(0);
        for (String deleted : forms) {
            SinkRig rig = new SinkRig(directory.resolve("t" + forms.indexOf(deleted)));
            rig.source.upsertOf(stored, "\"n\":1", 1).upsertOf("\"7\"", "\"n\":2", 1);
            FakeRuntime task = rig.task(P0);
            task.pollAll();
            task.sink();
            rig.source.deleteOf(deleted, 2);
            task.pollAll();
            task.sink();
            task.stop();
            assertThat(rows(rig, false)).containsExactly(Map.entry("\"7\"", "2"));
        }
    }

    /** Its shortest text is 32.56, but it is a number of 50 digits, which is another one than the decimal. */
    @Test
    void aDeleteOfADoubleThatNoDecimalHoldsRemovesThatDoubleAlone() {
        SinkRig rig = new SinkRig(directory);
        FakeRuntime task = rig.task(P0);
        rig.source
                .upsertOf("{\"$numberDecimal\":\"32.56\"}", "\"n\":1", 1)
                .upsertOf("32.56", "\"n\":2", 1)
                .upsertOf("8.5", "\"n\":3", 1);
        task.sink();
        rig.source.deleteOf("32.56", 2).deleteOf("{\"$numberDecimal\":\"8.50\"}", 2);
        task.sink();
        rig.table.hasRows("32.56: n=1");
    }

    @Test
    void theColumnKeepsTheTypeThatItBeganWith() {
        SinkRig rig = new SinkRig(directory);
        FakeRuntime task = rig.task(P0);
        rig.source.upsertOf("7", "\"n\":1", 1);
        task.pollAll();
        task.sink();
        rig.source.upsertOf("\"seven\"", "\"n\":2", 1).upsertOf("{\"$numberLong\":\"8\"}", "\"n\":3", 1);
        task.pollAll();
        task.sink();
        rig.table.hasRows("7: n=1", "8: n=3", "null: _id__json=\"seven\" n=2");
    }

    @Test
    void historyAndEventsKnowThemToo() {
        for (String mode : List.of("history", "append")) {
            SinkRig rig = new SinkRig(directory.resolve(mode)).with("write.mode", mode);
            FakeRuntime task = rig.task(P0);
            List<String> versions = new ArrayList<>();
            rig.source.upsertOf("7", "\"n\":1", 1);
            rig.source.upsertOf("\"7\"", "\"n\":2", 1);
            task.pollAll();
            task.sink();
            rig.source.upsertOf("\"7\"", "\"n\":3", 2);
            rig.source.deleteOf("7", 3);
            task.pollAll();
            task.sink();
            task.stop();
            for (String row : rig.table.rows(true)) {
                versions.add(
                        row.replaceAll("_cdc_(?!op|is_current)\\w+=\\S+ ?", "").strip());
            }
            if (mode.equals("history")) {
                assertThat(versions)
                        .containsExactlyInAnyOrder(
                                "7: _cdc_is_current=false _cdc_op=u n=1",
                                "null: _cdc_is_current=false _cdc_op=u _id__json=\"7\" n=2",
                                "null: _cdc_is_current=true _cdc_op=u _id__json=\"7\" n=3");
            } else {
                assertThat(versions)
                        .containsExactlyInAnyOrder(
                                "7: _cdc_op=u n=1",
                                "null: _cdc_op=u _id__json=\"7\" n=2",
                                "null: _cdc_op=u _id__json=\"7\" n=3",
                                "7: _cdc_op=d");
            }
        }
    }
}
