package dev.cdcdelta.bench.smt;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.smt.SchemaEvolution;
import java.util.Map;
import org.apache.iceberg.connect.transforms.MongoDebeziumTransform;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Iceberg's MongoDebeziumTransform 1.12.0 fails on, and this project's does not, on the very same records. */
class PeerFailuresTest {
    private final SchemaEvolution<SinkRecord> ours = new SchemaEvolution.Value<>();
    private final MongoDebeziumTransform peer = new MongoDebeziumTransform();

    @BeforeEach
    void configure() {
        ours.configure(Map.of());
        peer.configure(Map.of());
    }

    @AfterEach
    void close() {
        ours.close();
        peer.close();
    }

    @Test
    void bothTypeAnOrdinaryDocument() {
        SinkRecord record = create("{\"_id\": 1, \"a\": [1, 2]}");
        assertThat(document(ours.apply(record)).getArray("a")).containsExactly(1, 2);
        assertThat(after(peer.apply(record)).getArray("a")).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, \"a\"]", "[1, {\"$numberLong\": \"2\"}]", "[1, 2.5]", "[1, null]"})
    void arraysOfMixedElements(String array) {
        SinkRecord record = create("{\"_id\": 1, \"a\": " + array + "}");
        Struct typed = document(ours.apply(record));
        assertThat(typed.get("a") == null ? typed.get("a__json") : typed.get("a"))
                .isNotNull();
        assertThatThrownBy(() -> peer.apply(record)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void deletesWithoutAPreImage() {
        SinkRecord record = Envelopes.withSchema("d", "{\"$numberInt\": \"1\"}", null);
        assertThat(requireNonNull(ours.apply(record)).value()).isNull();
        assertThatThrownBy(() -> peer.apply(record)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void minKeyIsDroppedSilentlyByThePeer() {
        SinkRecord record = create("{\"_id\": 1, \"a\": {\"$minKey\": 1}}");
        assertThat(document(ours.apply(record)).get("a")).isEqualTo("{\"$minKey\":1}");
        Struct after = after(peer.apply(record));
        assertThat(after.schema().field("a") == null || after.get("a") == null).isTrue();
    }

    /** The peer has no memory: each document has a schema of its own, and it is the table behind that fails. */
    @Test
    void mistypedFieldsChangeThePeersSchema() {
        SinkRecord first = create("{\"_id\": 1, \"a\": 1}");
        SinkRecord second = create("{\"_id\": \"one\", \"a\": \"one\"}");
        assertThat(after(peer.apply(first)).schema().field("_id").schema().type())
                .isNotEqualTo(
                        after(peer.apply(second)).schema().field("_id").schema().type());
        ours.apply(first);
        assertThat(document(ours.apply(second)).get("_id__json")).isEqualTo("\"one\"");
        SinkRecord third = create("{\"_id\": 2, \"a\": \"two\"}");
        assertThat(document(ours.apply(third)).get("a__json")).isEqualTo("\"two\"");
    }

    private static SinkRecord create(String after) {
        return Envelopes.withSchema("c", "{\"$numberInt\": \"1\"}", after);
    }

    private static Struct document(@Nullable SinkRecord typed) {
        return (Struct) requireNonNull(typed).value();
    }

    private static Struct after(SinkRecord typed) {
        return ((Struct) typed.value()).getStruct("after");
    }
}
