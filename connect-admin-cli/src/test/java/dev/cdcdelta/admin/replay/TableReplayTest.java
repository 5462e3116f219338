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
        Map<String, Object> value = new HashMap<>();
        value.put("op", operation);
        value.put("after", after);
        value.put("source", Map.of("db", "shop", "collection", "orders", "ts_ms", time, "ord", (Object) ordinal));
        newest.put(id, keys.size());
        keys.add(Map.of("id", "\"" + id + "\""));
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
