package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.smt.key.DocumentKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code _id}s of several types in one collection: none is refused, and each has its row. */
class MixedIdsTest {
    private static final String OID = "{\"$oid\":\"5f5f5f5f5f5f5f5f5f5f5f5f\"}";

    /** No two of them are one to MongoDB. */
    private static final List<String> IDS = List.of(
            "7",
            "{\"$numberLong\":\"5000000000\"}",
            "2.5",
            "{\"$numberDecimal\":\"8\"}",
            "\"7\"",
            "\"5f5f5f5f5f5f5f5f5f5f5f5f\"",
            OID,
            "true",
            "null",
            "{\"$date\":7}",
            "{\"$binary\":{\"base64\":\"AAECAwQFBgcICQoLDA0ODw==\",\"subType\":\"04\"}}",
            "{\"$binary\":{\"base64\":\"AAECAwQFBgcICQoLDA0ODw==\",\"subType\":\"00\"}}",
            "{\"$minKey\":1}",
            "{\"$timestamp\":{\"t\":7,\"i\":1}}",
            "{\"a\":1,\"b\":\"x\"}",
            "{\"b\":\"x\",\"a\":1}",
            "{\"a\":{\"$numberLong\":\"5000000000\"},\"b\":\"x\"}",
            "{\"a\":\"1\",\"b\":\"x\"}",
            "{\"a\":" + OID + "}");

    @TempDir
    Path directory;

    static Stream<String> ids() {
        return IDS.stream();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void everyOtherTypeHasItsRowWhateverTheFirstOneWas(String first) throws IOException {
        SinkRig rig = new SinkRig(directory);
        FakeRuntime task = rig.task(P0);
        rig.source.upsertOf(first, "\"n\":0", 1);
        task.sink();
        for (int i = 0; i < IDS.size(); i++) {
            rig.source.upsertOf(IDS.get(i), "\"n\":" + i, 2);
        }
        task.sink();
        assertThat(numbers(rig)).containsExactlyElementsOf(numbersUpTo(IDS.size()));

        forgetIndex(rig);
        FakeRuntime restarted = rig.task(P0);
        for (int i = 0; i < IDS.size(); i++) {
            if (i % 2 == 0) {
                rig.source.deleteOf(IDS.get(i), 3);
            } else {
                rig.source.upsertOf(IDS.get(i), "\"n\":" + (100 + i), 3);
            }
        }
        restarted.sink();
        List<Integer> left = new ArrayList<>();
        for (int i = 1; i < IDS.size(); i += 2) {
            left.add(100 + i);
        }
        assertThat(numbers(rig)).containsExactlyElementsOf(left);

        forgetIndex(rig);
        FakeRuntime late = rig.task(P0);
        IDS.forEach(id -> rig.source.upsertOf(id, "\"n\":-1", 2));
        late.sink();
        assertThat(numbers(rig)).as("older events bring nothing back").containsExactlyElementsOf(left);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "{\"$numberLong\":\"7\"}",
                "7.0",
                "{\"$numberDecimal\":\"7\"}",
                "{\"$numberDecimal\":\"7.00\"}"
            })
    void aDeleteOfSevenRemovesTheRowHoweverSevenIsStored(String seven) throws IOException {
        List<String> columns = List.of("1", "{\"$numberLong\":\"1\"}", "1.5", "\"a\"");
        List<String> sevens = List.of("7", "{\"$numberLong\":\"7\"}", "7.0", "{\"$numberDecimal\":\"7\"}");
        for (int i = 0; i < columns.size(); i++) {
            SinkRig rig = new SinkRig(Files.createTempDirectory(directory, "rig"));
            rig.source.upsertOf(columns.get(i), "\"n\":1", 1).upsertOf(seven, "\"n\":7", 1);
            rig.task(P0).sink();
            assertThat(numbers(rig)).containsExactly(1, 7);
            forgetIndex(rig);
            String deleted = sevens.get((i + Math.abs(seven.hashCode() % 4)) % 4);
            rig.source.deleteOf(deleted, 2);
            rig.task(P0).sink();
            assertThat(numbers(rig))
                    .as("%s beside %s, deleted as %s", seven, columns.get(i), deleted)
                    .containsExactly(1);
        }
    }

    @Test
    void theOtherIdIsTextBesideTheColumnOrFromTheStart() {
        SinkRig rig = new SinkRig(directory);
        rig.source.upsert("a", "\"n\":1", 1).upsertOf(OID, "\"n\":2", 1).upsertOf("5", "\"n\":3", 1);
        rig.task(P0).sink();
        rig.table.hasRows("a: n=1", "null: _id__json=" + OID + " n=2", "null: _id__json={\"$numberInt\":\"5\"} n=3");

        SinkRig text = new SinkRig(directory.resolve("text")).with("schema.hints", "_id=json");
        text.source.upsert("a", "\"n\":1", 1).upsertOf(OID, "\"n\":2", 1).upsertOf("5", "\"n\":3", 1);
        FakeRuntime task = text.task(P0);
        task.sink();
        text.table.hasRows("\"a\": n=1", OID + ": n=2", "{\"$numberInt\":\"5\"}: n=3");
        text.source.deleteOf("5", 2).upsertOf(OID, "\"n\":4", 2);
        text.task(P0).sink();
        text.table.hasRows("\"a\": n=1", OID + ": n=4");
    }

    @Test
    void mixedIdsMayBeRefusedByAPathOfTheirOwn() {
        SinkRig rig = new SinkRig(directory).with("conflict.policies", "_id=dlq");
        FakeRuntime task = rig.unstarted();
        List<String> reported = task.reporting();
        task.start(P0);
        rig.source.upsert("a", "\"n\":1", 1).upsertOf(OID, "\"n\":2", 1);
        task.sink();
        rig.table.hasRows("a: n=1");
        assertThat(reported).singleElement().asString().contains("'_id' is string and object_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soft", "history", "append", "copy-on-write", "feed"})
    void allWriteModesKeepThem(String mode) throws IOException {
        SinkRig rig = new SinkRig(directory);
        switch (mode) {
            case "soft" -> rig.with("delete.mode", "soft");
            case "copy-on-write" -> rig.with("merge.mode", mode);
            case "feed" -> rig.with("table.properties.delta.enableChangeDataFeed", "true");
            default -> rig.with("write.mode", mode);
        }
        rig.source.upsert("a", "\"n\":1", 1).upsertOf(OID, "\"n\":2", 1).upsertOf("5", "\"n\":3", 1);
        rig.task(P0).sink();
        forgetIndex(rig);
        rig.source.deleteOf(OID, 2).upsertOf("5", "\"n\":4", 2);
        rig.task(P0).sink();
        forgetIndex(rig);
        rig.source.upsertOf("5.0", "\"n\":5", 3);
        rig.task(P0).sink();
        List<Integer> expected = switch (mode) {
            case "soft" -> List.of(1, 2, 5);
            case "history" -> List.of(1, 2, 3, 4, 5);
            case "append" -> List.of(1, 2, 3, 4, 5);
            default -> List.of(1, 5);
        };
        assertThat(numbers(rig)).containsExactlyElementsOf(expected);
        if (mode.equals("append")) {
            assertThat(rig.table.rows(false)).contains("null: _id__json=" + OID);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void rowsFollowTheirDocumentsThroughCompactionsAndLostIndexes(long seed) throws IOException {
        System.out.println("mixed ids: seed " + seed);
        Random random = new Random(seed);
        SinkRig rig = new SinkRig(directory)
                .with("compaction.interval.ms", "1000")
                .with("compaction.target.file.bytes", "16384");
        List<String> ids = new ArrayList<>(IDS);
        Collections.shuffle(ids, random);
        Map<String, Integer> model = new LinkedHashMap<>();
        FakeRuntime task = rig.task(P0, P1);
        for (int round = 1; round <= 25; round++) {
            for (int i = 0; i < 8; i++) {
                int which = random.nextInt(ids.size());
                String id = ids.get(which);
                TopicPartition partition = which % 2 == 0 ? P0 : P1;
                String key = DocumentKey.ofExtendedJson(id).canonical();
                long version = round * 100L + i;
                if (random.nextInt(4) == 0) {
                    rig.source(partition).deleteOf(id, version);
                    model.remove(key);
                } else {
                    rig.source(partition).upsertOf(id, "\"n\":" + version, version);
                    model.put(key, (int) version);
                }
            }
            task.sink();
            rig.clock.advance(Duration.ofSeconds(5));
            task.poll(0);
            if (random.nextInt(5) == 0) {
                forgetIndex(rig);
                task = rig.task(P0, P1);
            }
            assertThat(numbers(rig))
                    .containsExactlyElementsOf(model.values().stream().sorted().toList());
        }
    }

    private static List<Integer> numbersUpTo(int end) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < end; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    /** The values of {@code n}, sorted. */
    private static List<Integer> numbers(SinkRig rig) {
        return rig.table.rows(false).stream()
                .filter(row -> row.contains(" n="))
                .map(row -> Integer.parseInt(row.substring(row.indexOf(" n=") + 3)))
                .sorted()
                .toList();
    }

    private static void forgetIndex(SinkRig rig) throws IOException {
        Path state = rig.state;
        if (Files.exists(state)) {
            try (Stream<Path> files = Files.walk(state)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
