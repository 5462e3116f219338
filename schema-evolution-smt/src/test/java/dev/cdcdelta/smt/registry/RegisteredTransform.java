package dev.cdcdelta.smt.registry;

import static java.util.Objects.requireNonNull;

import dev.cdcdelta.smt.SchemaEvolution;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** The transform of one task, fed with documents. */
final class RegisteredTransform implements AutoCloseable {
    private final SchemaEvolution.Value<SourceRecord> transform = new SchemaEvolution.Value<>();
    private final String topic;

    RegisteredTransform(String topic, String url) {
        this(topic, url, Map.of());
    }

    RegisteredTransform(String topic, String url, Map<String, String> more) {
        this.topic = topic;
        Map<String, String> config = new HashMap<>(Map.of(
                RegistryKeys.URL, url,
                RegistryKeys.RETRIES, "2",
                RegistryKeys.BACKOFF, "1"));
        config.putAll(more);
        transform.configure(config);
    }

    /** The document as the record's value. */
    Struct apply(String document) {
        Map<String, Object> envelope = Map.of(
                "after",
                document,
                "op",
                "c",
                "source",
                Map.of("ts_ms", 1L, "ord", 1, "db", "shop", "collection", "orders"));
        SourceRecord record = new SourceRecord(Map.of(), Map.of(), topic, 0, null, null, null, envelope);
        return (Struct) requireNonNull(transform.apply(record)).value();
    }

    @Override
    public void close() {
        transform.close();
    }
}
