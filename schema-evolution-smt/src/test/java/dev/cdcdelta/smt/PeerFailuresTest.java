package dev.cdcdelta.smt;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents that other transforms fail on; that Iceberg's does is shown in packaging/benchmarks. */
class PeerFailuresTest {
    private final SchemaEvolution<SinkRecord> values = new SchemaEvolution.Value<>();

    @BeforeEach
    void configure() {
        values.configure(Map.of());
    }

    @AfterEach
    void close() {
        values.close();
    }

    @Test
    void anArrayOfANumberAndATextIsKeptBesideItsField() {
        Struct struct = document("{\"_id\": 1, \"a\": [1, \"a\"]}");
        assertThat(struct.getArray("a")).isNull();
        assertThat(struct.getString("a__json")).isEqualTo("[{\"$numberInt\":\"1\"},\"a\"]");
    }

    @Test
    void anArrayOfAnInt32AndAnInt64IsOneOfInt64() {
        assertThat(document("{\"_id\": 1, \"a\": [1, {\"$numberLong\": \"2\"}]}")
                        .getArray("a"))
                .containsExactly(1L, 2L);
    }

    @Test
    void anInt32IsWidenedWhereAnInt64ComesLater() {
        assertThat(document("{\"_id\": 1, \"a\": 1}").get("a")).isEqualTo(1);
        assertThat(document("{\"_id\": 2, \"a\": {\"$numberLong\": \"2\"}}").get("a"))
                .isEqualTo(2L);
        assertThat(document("{\"_id\": 3, \"a\": 3}").get("a")).isEqualTo(3L);
    }

    @Test
    void anArrayOfAnIntegerAndADoubleIsOneOfDoubles() {
        assertThat(document("{\"_id\": 1, \"a\": [1, 2.5]}").getArray("a")).containsExactly(1.0, 2.5);
    }

    @Test
    void anArrayKeepsItsNulls() {
        assertThat(document("{\"_id\": 1, \"a\": [1, null]}").getArray("a")).isEqualTo(Arrays.asList(1, null));
    }

    @Test
    void aDeleteWithoutAPreImageIsADelete() {
        SinkRecord typed = requireNonNull(values.apply(record("d", null)));
        assertThat(typed.value()).isNull();
        assertThat(typed.key()).isEqualTo(Map.of("id", "1"));
        assertThat(typed.headers().lastWithName(ChangeHeaders.OPERATION).value())
                .isEqualTo("d");
    }

    @Test
    void nestedDataHasTypesAndIsNoText() {
        Struct struct = document("{\"_id\": 1, \"a\": {\"b\": [{\"c\": 1, \"d\": {\"$date\": 5}}]}}");
        Struct element = (Struct) struct.getStruct("a").getArray("b").get(0);
        assertThat(element.get("c")).isEqualTo(1);
        assertThat(element.get("d")).isInstanceOf(java.util.Date.class);
    }

    @Test
    void aMinKeyIsKept() {
        assertThat(document("{\"_id\": 1, \"a\": {\"$minKey\": 1}}").get("a")).isEqualTo("{\"$minKey\":1}");
    }

    @Test
    void aMistypedIdStandsAsideAndTheTopicGoesOn() {
        document("{\"_id\": 1}");
        Struct mistyped = document("{\"_id\": \"one\"}");
        assertThat(mistyped.get("_id")).isNull();
        assertThat(mistyped.get("_id__json")).isEqualTo("\"one\"");
        assertThat(document("{\"_id\": 2}").get("_id")).isEqualTo(2);
    }

    private Struct document(String after) {
        return (Struct) requireNonNull(values.apply(record("c", after))).value();
    }

    private static SinkRecord record(String operation, @Nullable String after) {
        Map<String, @Nullable Object> envelope = new HashMap<>();
        envelope.put("op", operation);
        envelope.put("after", after);
        envelope.put("source", Map.of("collection", "orders"));
        return new SinkRecord("app.shop.orders", 0, null, Map.of("id", "1"), null, envelope, 7);
    }
}
