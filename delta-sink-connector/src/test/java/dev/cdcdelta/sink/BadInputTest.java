package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.smt.SchemaEvolution;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each line of docs/explanation/bad-input.md from its bytes in Kafka to the table or the dead letter queue, with a good document before
 * and one behind, which arrive whatever the one between them is; with the transform in front of the sink and without.
 */
class BadInputTest {
    private static final int MEGABYTE = 1 << 20;

    /** A table of 100,000 columns is more than a writer of Parquet has heap for; a limit of columns keeps them from becoming so many. */
    private static final int MOST_FIELDS =
            SchemaEvolution.CONFIG_DEF.names().contains("schema.max.columns") ? 100_000 : 3_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    /** What becomes of a record. */
    private sealed interface Fate {
        /** @param content what the row shows as {@link TableContent} tells it, or part of it */
        record Row(String content) implements Fate {}

        /** @param reasons parts of the message, the path in the document among them */
        record Refused(List<String> reasons) implements Fate {}

        /** The converter does not let it come so far; Connect reports it. */
        record Unreadable() implements Fate {}

        /** A row, or refused for its size: where the limits of depth and width are set is another matter. */
        record RowOrRefused(List<String> reasons) implements Fate {}
    }

    private record Line(String name, byte[] value, Fate fate) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> lines() {
        return lineList().stream().flatMap(line -> Stream.of(Arguments.of(line, true), Arguments.of(line, false)));
    }

    private static List<Line> lineList() {
        List<Line> lines = new ArrayList<>();
        lines.add(line("cut off within a document", "{\"_id\":2,\"a\":{\"b\":[1,2", refused("'/a/b/1'", "not JSON")));
        lines.add(line("cut off within a text", "{\"_id\":2,\"a\":\"cut", refused("'/a'", "not JSON")));
        lines.add(line("nothing at all", "", refused("the text ends early")));
        lines.add(line("text behind the end", "{\"_id\":2}}", refused("column 11", "not JSON")));
        lines.add(line("no document", "[1]", refused("document")));
        lines.add(line("a duplicate key", "{\"_id\":2,\"a\":1,\"a\":1}", refused("'/a'", "a field occurs twice")));
        lines.add(line(
                "a duplicate key within",
                "{\"_id\":2,\"s\":{\"x\":[{\"y\":1,\"y\":2}]}}",
                refused("'/s/x/0/y'", "twice")));
        lines.add(line(
                "a number beyond every type",
                "{\"_id\":2,\"a\":[1e400]}",
                refused("'/a/0'", "a number that no BSON type holds")));
        lines.add(line(
                "a number too small for every type",
                "{\"_id\":2,\"a\":-1e-400}",
                refused("'/a'", "a number that no BSON type holds")));
        lines.add(line(
                "an integer beyond every type",
                "{\"_id\":2,\"a\":" + "9".repeat(60) + "}",
                refused("'/a'", "a number that no BSON type holds")));
        lines.add(line(
                "an integer beyond int64", "{\"_id\":2,\"w\":9223372036854775808}", row("2: w=9.223372036854776E18")));
        lines.add(line(
                "an integer beyond double", "{\"_id\":2,\"w\":9223372036854775809}", row("2: w=9223372036854775809")));
        lines.add(line(
                "half a surrogate pair",
                "{\"_id\":2,\"a\":{\"b\":\"\\ud800\"}}",
                refused("'/a/b'", "half a surrogate pair")));
        lines.add(line(
                "half a surrogate pair in a name",
                "{\"_id\":2,\"a\":{\"\\udc00\":1}}",
                new Fate.RowOrRefused(List.of("half a surrogate pair"))));
        lines.add(line("a name of spaces", "{\"_id\":2,\"   \":5}", row("=5")));
        lines.add(line("no name", "{\"_id\":2,\"\":5}", row("=5")));
        lines.add(line("a name of 10,000 characters", "{\"_id\":2,\"" + "n".repeat(10_000) + "\":5}", row("=5")));
        lines.add(line("a name with a NUL", "{\"_id\":2,\"a\\u0000b\":5}", row("=5")));
        lines.add(line(
                "a date of the year 292,000,000",
                "{\"_id\":2,\"d\":{\"$date\":9214646400000000000}}",
                row("9214646400000000000")));
        lines.add(line(
                "a date of the year -292,000,000",
                "{\"_id\":2,\"d\":{\"$date\":{\"$numberLong\":\"-9214646400000000000\"}}}",
                row("-9214646400000000000")));
        lines.add(line("no wrapper", "{\"_id\":2,\"a\":{\"$numberDouble\":\"1e400\"}}", row("1e400")));
        lines.add(line("a document of 200 levels", nested(200), new Fate.RowOrRefused(List.of("levels"))));
        lines.add(line("a document of 500 levels", nested(500), new Fate.RowOrRefused(List.of("levels"))));
        lines.add(line("a document of 1,000 levels", nested(1_000), new Fate.RowOrRefused(List.of("levels"))));
        lines.add(line(
                "an array of 1,000 levels",
                "{\"_id\":2,\"a\":" + "[".repeat(1_000) + "1" + "]".repeat(1_000) + "}",
                new Fate.RowOrRefused(List.of("levels"))));
        lines.add(line(MOST_FIELDS + " fields", fields(MOST_FIELDS), new Fate.RowOrRefused(List.of("columns"))));
        lines.add(line(
                "16 MB",
                "{\"_id\":2,\"w\":\"" + "\u00e9".repeat(7 * MEGABYTE) + "\",\"l\":[" + "1,".repeat(MEGABYTE) + "2]}",
                row("\u00e9\u00e9\u00e9")));
        lines.add(new Line(
                "invalid UTF-8",
                envelope("{\"_id\":2,\"a\":\"\u00e9\"}").getBytes(StandardCharsets.ISO_8859_1),
                new Fate.Unreadable()));
        lines.add(new Line(
                "a truncated collection",
                "{\"op\":\"t\",\"source\":{\"collection\":\"orders\"}}".getBytes(StandardCharsets.UTF_8),
                refused("all documents of collection 'orders' were removed")));
        return lines;
    }

    private static Line line(String name, String after, Fate fate) {
        return new Line(name, envelope(after).getBytes(StandardCharsets.UTF_8), fate);
    }

    private static Fate refused(String... reasons) {
        return new Fate.Refused(List.of(reasons));
    }

    private static Fate row(String content) {
        return new Fate.Row(content);
    }

    private static String nested(int levels) {
        return "{\"_id\":2,\"s\":" + "{\"b\":".repeat(levels - 1) + "1" + "}".repeat(levels - 1) + "}";
    }

    private static String fields(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"field" + i + "\":" + i)
                .collect(Collectors.joining(",", "{\"_id\":2,", "}"));
    }

    private static String envelope(String after) {
        Map<String, Object> envelope = new HashMap<>();
        envelope.put("op", "c");
        envelope.put("after", after);
        envelope.put("source", Map.of("db", "shop", "collection", "orders", "ts_ms", 1_700_000_000_000L, "ord", 1));
        try {
            return JSON.writeValueAsString(envelope);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @ParameterizedTest(name = "{0}, transform {1}")
    @MethodSource("lines")
    void harmsNothingButItself(Line line, boolean isTransformed) {
        SinkRig rig = new SinkRig(directory);
        List<String> refused = new ArrayList<>();
        List<byte[]> values = List.of(
                envelope("{\"_id\":1,\"a\":1}").getBytes(StandardCharsets.UTF_8),
                line.value,
                envelope("{\"_id\":3,\"a\":3}").getBytes(StandardCharsets.UTF_8));
        boolean isUnreadable = false;
        try (JsonConverter converter = new JsonConverter();
                SchemaEvolution<SinkRecord> transform = new SchemaEvolution.Value<>()) {
            converter.configure(Map.of("schemas.enable", false), false);
            transform.configure(Map.of());
            for (byte[] value : values) {
                SchemaAndValue read;
                try {
                    read = converter.toConnectData(P0.topic(), value);
                } catch (DataException unreadable) {
                    isUnreadable = true;
                    continue;
                }
                SinkRecord record = new SinkRecord(P0.topic(), 0, null, Map.of("id", "2"), null, read.value(), 1);
                try {
                    SinkRecord typed = isTransformed ? transform.apply(record) : record;
                    Objects.requireNonNull(typed, "no record");
                    rig.topics.append(
                            P0, typed.keySchema(), typed.key(), typed.valueSchema(), typed.value(), typed.headers());
                } catch (DataException byTransform) {
                    refused.add(byTransform.getMessage());
                }
            }
        }
        FakeRuntime task = rig.unstarted();
        List<String> reported = task.reporting();
        task.start(P0).sink();
        refused.addAll(reported);
        List<String> rows = rig.table.rows(false);
        task.stop();

        assertThat(rows)
                .as("the neighbours")
                .anyMatch(row -> row.startsWith("1: a=1"))
                .anyMatch(row -> row.startsWith("3: a=3"));
        assertThat(rows.size() + refused.size() + (isUnreadable ? 1 : 0))
                .as("records in = rows + refused")
                .isEqualTo(3);
        check(line.fate, rows, refused, isUnreadable);
        System.out.println("bad input: " + line.name + ", " + (isTransformed ? "transform" : "sink alone") + ": "
                + (isUnreadable ? "refused by the converter" : refused.isEmpty() ? "a row" : "refused"));
    }

    private static void check(Fate fate, List<String> rows, List<String> refused, boolean isUnreadable) {
        if (fate instanceof Fate.Row row) {
            assertThat(refused).isEmpty();
            assertThat(rows.get(1)).startsWith("2:").contains(row.content);
        } else if (fate instanceof Fate.Refused why) {
            assertThat(refused)
                    .singleElement()
                    .asString()
                    .contains("topic " + P0.topic() + ", partition 0, offset 1")
                    .contains(why.reasons);
        } else if (fate instanceof Fate.RowOrRefused size) {
            if (refused.isEmpty()) {
                assertThat(rows.get(1)).startsWith("2:");
            } else {
                assertThat(refused)
                        .singleElement()
                        .asString()
                        .contains("offset 1")
                        .contains(size.reasons);
            }
        } else {
            assertThat(isUnreadable).isTrue();
        }
    }
}
