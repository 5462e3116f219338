package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.smt.SchemaEvolution;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keys that {@code SchemaEvolution$Key} has typed: of every kind of {@code _id}, alone and beside another kind, the typed key of a delete,
 * and of a tombstone alone, finds the row that the document made. At the sink and at the source, where keys and values go through a
 * topic as JSON with schemas.
 */
class TypedKeysTest {
    /** By the kind; extended JSON as Debezium writes keys. */
    private static final Map<String, String> IDS = Map.ofEntries(
            Map.entry("double", "1.5"),
            Map.entry("string", "\"a b\""),
            Map.entry("document", "{\"a\":1,\"b\":\"x\"}"),
            Map.entry("array", "[1]"),
            Map.entry("binary", "{\"$binary\":\"AQI=\",\"$type\":\"00\"}"),
            Map.entry("binary of another subtype", "{\"$binary\":\"AQI=\",\"$type\":\"05\"}"),
            Map.entry("uuid", "{\"$binary\":\"AAECAwQFBgcICQoLDA0ODw==\",\"$type\":\"04\"}"),
            Map.entry("legacy uuid", "{\"$binary\":\"AAECAwQFBgcICQoLDA0ODw==\",\"$type\":\"03\"}"),
            Map.entry("undefined", "{\"$undefined\":true}"),
            Map.entry("object id", "{\"$oid\":\"65a1b2c3d4e5f60718293a4b\"}"),
            Map.entry("boolean", "true"),
            Map.entry("date", "{\"$date\":1700000000000}"),
            Map.entry("date of the year 292,000,000", "{\"$date\":9214646400000000000}"),
            Map.entry("null", "null"),
            Map.entry("regular expression", "{\"$regex\":\"^a\",\"$options\":\"i\"}"),
            Map.entry(
                    "db pointer",
                    "{\"$dbPointer\":{\"$ref\":\"db.c\",\"$id\":{\"$oid\":\"65a1b2c3d4e5f60718293a4b\"}}}"),
            Map.entry("code", "{\"$code\":\"f()\"}"),
            Map.entry("symbol", "{\"$symbol\":\"s\"}"),
            Map.entry("scoped code", "{\"$code\":\"f()\",\"$scope\":{\"a\":1}}"),
            Map.entry("int32", "7"),
            Map.entry("timestamp", "{\"$timestamp\":{\"t\":1700000000,\"i\":7}}"),
            Map.entry("int64", "{\"$numberLong\":\"9007199254740993\"}"),
            Map.entry("decimal", "{\"$numberDecimal\":\"1.10E+3\"}"),
            Map.entry("min key", "{\"$minKey\":1}"),
            Map.entry("max key", "{\"$maxKey\":1}"));

    @TempDir
    Path directory;

    private enum Side {
        SINK,
        SOURCE
    }

    static Stream<Arguments> kinds() {
        return IDS.keySet().stream()
                .sorted()
                .flatMap(kind -> Stream.of(Side.values())
                        .flatMap(side -> Stream.of(true, false).map(alone -> Arguments.of(kind, side, alone))));
    }

    @ParameterizedTest(name = "{0}, {1}, alone: {2}")
    @MethodSource("kinds")
    void findTheRowOfTheirDocument(String kind, Side side, boolean isAlone) {
        String id = Objects.requireNonNull(IDS.get(kind), kind);
        String neighbour = isAlone ? id : "\"neighbour\"";
        for (boolean byTombstone : List.of(false, true)) {
            SinkRig rig = new SinkRig(directory.resolve(byTombstone ? "tombstone" : "delete"));
            try (Typing typing = new Typing(side)) {
                typing.send(rig, neighbour, "c", "{\"_id\":" + neighbour + ",\"n\":1}");
                typing.send(rig, id, "u", "{\"_id\":" + id + ",\"n\":2}");
                FakeRuntime task = rig.unstarted();
                List<String> refused = task.reporting();
                task.start(P0).sink();
                assertThat(refused).isEmpty();
                assertThat(rig.table.rows(false)).hasSize(isAlone ? 1 : 2).anyMatch(row -> row.contains(" n=2"));

                typing.send(rig, id, byTombstone ? null : "d", null);
                task.sink();
                task.stop();
                assertThat(refused).isEmpty();
                assertThat(rig.table.rows(false))
                        .as("by tombstone: %s", byTombstone)
                        .hasSize(isAlone ? 0 : 1)
                        .noneMatch(row -> row.contains(" n=2"));
            }
        }
    }

    /** The two transforms of a connector on one side of the topic. */
    private static final class Typing implements AutoCloseable {
        private final Side side;
        private final SchemaEvolution<SinkRecord> sinkKeys = new SchemaEvolution.Key<>();
        private final SchemaEvolution<SinkRecord> sinkValues = new SchemaEvolution.Value<>();
        private final SchemaEvolution<SourceRecord> sourceKeys = new SchemaEvolution.Key<>();
        private final SchemaEvolution<SourceRecord> sourceValues = new SchemaEvolution.Value<>();
        private final JsonConverter keyConverter = new JsonConverter();
        private final JsonConverter valueConverter = new JsonConverter();

        Typing(Side side) {
            this.side = side;
            List.of(sinkKeys, sinkValues, sourceKeys, sourceValues).forEach(each -> each.configure(Map.of()));
            keyConverter.configure(Map.of("schemas.enable", true), true);
            valueConverter.configure(Map.of("schemas.enable", true), false);
        }

        /** @param operation null for a tombstone */
        void send(SinkRig rig, String id, @Nullable String operation, @Nullable String after) {
            Map<String, Object> key = Map.of("id", id);
            Object value = operation == null ? null : envelope(operation, after);
            if (side == Side.SINK) {
                SinkRecord record = new SinkRecord(P0.topic(), 0, null, key, null, value, 0);
                append(rig, applied(sinkKeys, applied(sinkValues, record)), false);
            } else {
                SourceRecord record = new SourceRecord(Map.of(), Map.of(), P0.topic(), 0, null, key, null, value);
                append(rig, applied(sourceKeys, applied(sourceValues, record)), true);
            }
        }

        private static <R extends ConnectRecord<R>> R applied(SchemaEvolution<R> transform, R record) {
            return Objects.requireNonNull(transform.apply(record), "the transform has dropped the record");
        }

        private void append(SinkRig rig, ConnectRecord<?> typed, boolean throughJson) {
            assertThat(typed.keySchema().field("_id")).isNotNull();
            SchemaAndValue key = new SchemaAndValue(typed.keySchema(), typed.key());
            SchemaAndValue value = new SchemaAndValue(typed.valueSchema(), typed.value());
            if (throughJson) {
                key = passed(keyConverter, key);
                value = passed(valueConverter, value);
            }
            rig.topics.append(P0, key.schema(), key.value(), value.schema(), value.value(), typed.headers());
        }

        private static SchemaAndValue passed(JsonConverter converter, SchemaAndValue typed) {
            Schema schema = typed.schema();
            return converter.toConnectData(P0.topic(), converter.fromConnectData(P0.topic(), schema, typed.value()));
        }

        private static Map<String, Object> envelope(String operation, @Nullable String after) {
            Map<String, Object> envelope = new HashMap<>();
            envelope.put("op", operation);
            envelope.put("after", after);
            envelope.put("source", Map.of("db", "shop", "collection", "orders", "ts_ms", 1_700_000_000_000L, "ord", 1));
            return envelope;
        }

        @Override
        public void close() {
            sinkKeys.close();
            sinkValues.close();
            sourceKeys.close();
            sourceValues.close();
            keyConverter.close();
            valueConverter.close();
        }
    }
}
