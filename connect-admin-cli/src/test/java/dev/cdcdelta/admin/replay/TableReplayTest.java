package dev.cdcdelta.admin.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.sink.schema.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableReplayTest {
    @TempDir
    Path directory;

    private final List<Map<String, Object>> keys = new ArrayList<>();
    private final List<Map<String, Object>> values = new ArrayList<>();
    private final Map<String, Integer> newest = new LinkedHashMap<>();

    @Test
    void aTableRebuiltFromItsTextsIsTheOneThatANewSnapshotWouldGive() throws Exception {
        // The field's first value made a column of int, which the documents of today have no use for.
        event("a", "c", "{\"_id\":\"a\",\"n\":1,\"x\":{\"y\":1}}", 1, 1);
        event("b", "c", "{\"_id\":\"b\",\"n\":\"text\",\"x\":{\"y\":\"s\"}}", 2, 1);
        event("c", "r", "{\"_id\":\"c\",\"n\":\"more\",\"l\":[1,\"2\",null]}", 3, -1);
        event("a", "u", "{\"_id\":\"a\",\"n\":\"late\",\"d\":{\"$numberLong\":\"5\"},\"e\":-0.0,\"f\":null}", 4, 2);
        event("gone", "c", "{\"_id\":\"gone\",\"n\":7}", 5, 1);
        event("gone", "d", null, 6, 1);
        try (SinkTable old = new SinkTable(directory.resolve("old"));
                SinkTable rebuilt = new SinkTable(directory.resolve("rebuilt"));
                SinkTable snapshot = new SinkTable(directory.resolve("snapshot"))) {
            old.fill(keys, values);
            assertThat(old.table().snapshot().columns().columns())
                    .extracting(Column::name)
                    .contains("n__json");

            Replay replay = replay(old);
            rebuilt.fill(replay.keys, replay.values);
            List<Map<String, Object>> newestKeys = new ArrayList<>();
            List<Map<String, Object>> newestValues = new ArrayList<>();
            for (String id : List.of("a", "b", "c")) {
                newestKeys.add(keys.get(Objects.requireNonNull(newest.get(id))));
                newestValues.add(values.get(Objects.requireNonNull(newest.get(id))));
            }
            snapshot.fill(newestKeys, newestValues);

            assertThat(replay.result).isEqualTo(new TableReplay.Result(1, 3, 0, 3));
            assertThat(rebuilt.table().snapshot().columns().columns())
                    .extracting(Column::name)
                    .contains("n")
                    .doesNotContain("n__json");
            assertThat(rebuilt.rows()).containsExactlyInAnyOrderElementsOf(snapshot.rows());
        }
    }

    @Test
    void deletedDocumentsKeepTheirLastImage() throws Exception {
        event("a", "c", "{\"_id\":\"a\",\"n\":1}", 1, 1);
        event("b", "c", "{\"_id\":\"b\",\"n\":1}", 1, 1);
        event("b", "d", null, 2, 1);
        event("never", "d", null, 3, 1);
        try (SinkTable old = new SinkTable(directory.resolve("old")).with("delete.mode", "soft");
                SinkTable rebuilt = new SinkTable(directory.resolve("rebuilt")).with("delete.mode", "soft")) {
            old.fill(keys, values);

            Replay replay = replay(old);
            rebuilt.fill(replay.keys, replay.values);

            assertThat(replay.result).isEqualTo(new TableReplay.Result(1, 3, 2, 4));
            assertThat(rebuilt.rows()).containsExactlyInAnyOrderElementsOf(old.rows());
        }
    }

    /** The new connector reads the replay and the running stream, which has gone on, in either order. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void newerEventsOfTheStreamWinUnderOtherRulesAndWhateverTheirIdsAre(boolean replayFirst) throws Exception {
        List<String> ids = List.of(
                "\"a\"",
                "7",
                "\"7\"",
                "8.5",
                "{\"$oid\":\"65a1b2c3d4e5f60718293a4b\"}",
                "{\"x\":1,\"y\":\"s\"}",
                "{\"$numberLong\":\"5000000000\"}");
        for (String id : ids) {
            eventOf(id, "c", "{\"_id\":" + id + ",\"n\":1,\"m\":{\"k\":1},\"l\":\"5\"}", 1, 1);
        }
        eventOf("8.5", "d", null, 2, 1);
        eventOf("7", "u", "{\"_id\":7,\"n\":\"two\",\"l\":[6]}", 2, 1);
        try (SinkTable old = new SinkTable(directory.resolve("old")).with("delete.mode", "soft");
                SinkTable rebuilt = underOtherRules("rebuilt");
                SinkTable direct = underOtherRules("direct")) {
            old.fill(keys, values);
            Replay replay = replay(old);
            // Of the row that is marked as deleted there are two: its image and its delete.
            assertThat(replay.result).isEqualTo(new TableReplay.Result(1, 7, 1, 8));

            int replayed = keys.size();
            eventOf("7", "d", null, 3, 1);
            eventOf("8.5", "c", "{\"_id\":8.5,\"n\":3}", 3, 1);
            eventOf("{\"$oid\":\"65a1b2c3d4e5f60718293a4b\"}", "d", null, 4, 1);
            eventOf("{\"x\":1.0,\"y\":\"s\"}", "u", "{\"_id\":{\"x\":1,\"y\":\"s\"},\"n\":5,\"m\":[5]}", 5, 1);
            assertThat(keys).hasSize(replayed + 4);
            List<Map<String, Object>> bothKeys = new ArrayList<>(replayFirst ? replay.keys : keys);
            bothKeys.addAll(replayFirst ? keys : replay.keys);
            List<Map<String, Object>> bothValues = new ArrayList<>(replayFirst ? replay.values : values);
            bothValues.addAll(replayFirst ? values : replay.values);
            rebuilt.fill(bothKeys, bothValues);
            direct.fill(keys, values);

            assertThat(rebuilt.rows()).hasSize(7).containsExactlyInAnyOrderElementsOf(direct.rows());
            assertThat(rebuilt.table().snapshot().columns().columns())
                    .extracting(Column::name)
                    .contains("_id__json", "n", "n__json", "m", "l__json")
                    .doesNotContain("m__json");
            assertThat(rebuilt.rows()).anyMatch(row -> row.contains("m=[{\"k\":{\"$numberInt\":\"1\"}}]"));
        }
    }

    private SinkTable underOtherRules(String name) {
        return new SinkTable(directory.resolve(name))
                .with("delete.mode", "soft")
                .with("conflict.policies", "m=json")
                .with("schema.hints", "n=string,l=bigint");
    }

    @Test
    void aTableThatLacksTextsIsNotReplayedInPart() throws Exception {
        event("a", "c", "{\"_id\":\"a\",\"n\":1}", 1, 1);
        try (SinkTable old = new SinkTable(directory.resolve("old")).with("document.text", "false")) {
            old.fill(keys, values);
            assertThatThrownBy(() -> replay(old))
                    .isInstanceOf(CommandException.class)
                    .extracting(e -> ((CommandException) e).reason())
                    .asString()
                    .contains("no column _doc");

            keys.clear();
            values.clear();
            event("x", "c", "{\"_id\":\"x\",\"n\":1}", 1, 1);
            event("b", "c", "{\"_id\":\"b\",\"n\":1}", 1, 1);
            old.with("document.text", "true").fill(keys, values);
            assertThatThrownBy(() -> replay(old))
                    .isInstanceOf(CommandException.class)
                    .extracting(e -> ((CommandException) e).reason())
                    .asString()
                    .startsWith("1 of its rows have none");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "history"})
    void tablesOfOtherKindsAreRefused(String mode) throws Exception {
        event("a", "c", "{\"_id\":\"a\",\"n\":1}", 1, 1);
        try (SinkTable old = new SinkTable(directory.resolve("old")).with("write.mode", mode)) {
            old.fill(keys, values);
            assertThatThrownBy(() -> replay(old))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("not each document once");
        }
    }

    @Test
    void aFailureOfKafkaIsNoResult() throws Exception {
        event("a", "c", "{\"_id\":\"a\",\"n\":1}", 1, 1);
        try (SinkTable old = new SinkTable(directory.resolve("old"))) {
            old.fill(keys, values);
            MockProducer<byte[], byte[]> producer = producer();
            producer.sendException = new org.apache.kafka.common.errors.TimeoutException("no broker");
            assertThatThrownBy(() -> new TableReplay(old.table(), "shop", "orders")
                            .run(new ReplayTopic("replay.shop.orders", producer), rows -> {}))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("replay.shop.orders");
        }
    }

    private void event(String id, String operation, @Nullable String after, long time, int ordinal) {
        newest.put(id, keys.size());
        eventOf('"' + id + '"', operation, after, time, ordinal);
    }

    /** @param id as extended JSON */
    private void eventOf(String id, String operation, @Nullable String after, long time, int ordinal) {
        Map<String, Object> value = new HashMap<>();
        value.put("op", operation);
        value.put("after", after);
        value.put("source", Map.of("db", "shop", "collection", "orders", "ts_ms", time, "ord", (Object) ordinal));
        keys.add(Map.of("id", id));
        values.add(value);
    }

    private record Replay(
            TableReplay.Result result, List<Map<String, Object>> keys, List<Map<String, Object>> values) {}

    private static Replay replay(SinkTable from) throws IOException {
        MockProducer<byte[], byte[]> producer = producer();
        TableReplay.Result result = new TableReplay(from.table(), "shop", "orders")
                .run(new ReplayTopic("replay.shop.orders", producer), rows -> {});
        List<Map<String, Object>> keys = new ArrayList<>();
        List<Map<String, Object>> values = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : producer.history()) {
            assertThat(record.topic()).isEqualTo("replay.shop.orders");
            keys.add(json(record.key()));
            values.add(json(record.value()));
        }
        return new Replay(result, keys, values);
    }

    private static MockProducer<byte[], byte[]> producer() {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> json(byte[] text) throws IOException {
        return new ObjectMapper().readValue(text, new TypeReference<>() {});
    }
}
