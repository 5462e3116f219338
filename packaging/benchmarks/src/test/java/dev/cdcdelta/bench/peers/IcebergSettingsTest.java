package dev.cdcdelta.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.bench.load.ChangePlan;
import dev.cdcdelta.bench.load.DocumentSize;
import dev.cdcdelta.bench.load.OrderEvents;
import dev.cdcdelta.bench.load.OrderSql;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.connect.transforms.MongoDebeziumTransform;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.ExtractField;
import org.junit.jupiter.api.Test;

class IcebergSettingsTest {
    private final OrderEvents events = new OrderEvents(7, DocumentSize.MEDIUM, "peer", "orders");
    private final IcebergSettings settings =
            new IcebergSettings("iceberg", events.topic(), "localhost:1", "file:///warehouse", 2, 10_000);

    /** The records of a load, through the converters and transforms that a worker would make of the settings. */
    @Test
    void convertersAndTransformsGiveTypedDocuments() {
        ChangePlan.Change insert = new ChangePlan.Change(42, ChangePlan.Kind.INSERT, 1_000);
        try (JsonConverter keys = converter("key.converter.", true);
                JsonConverter values = converter("value.converter.", false);
                MongoDebeziumTransform typed = new MongoDebeziumTransform();
                ExtractField.Value<SinkRecord> document = new ExtractField.Value<>()) {
            typed.configure(Map.of());
            document.configure(Map.of("field", settings.typed().get("transforms.document.field")));
            SchemaAndValue key = keys.toConnectData(events.topic(), events.key(42));
            SchemaAndValue value = values.toConnectData(events.topic(), events.value(insert));
            SinkRecord record = new SinkRecord(
                    events.topic(),
                    0,
                    key.schema(),
                    key.value(),
                    value.schema(),
                    value.value(),
                    0,
                    0L,
                    TimestampType.CREATE_TIME);

            Struct order = (Struct) document.apply(typed.apply(record)).value();

            assertThat(order.schema().fields())
                    .extracting(Field::name)
                    .containsAll(OrderSql.columns().keySet());
            assertThat(order.getInt64("sequence")).isEqualTo(1_000);
            assertThat(order.getArray("items")).hasSize(3);
        }
    }

    private JsonConverter converter(String prefix, boolean forKeys) {
        Map<String, String> own = new TreeMap<>();
        settings.typed().forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), value);
            }
        });
        JsonConverter converter = new JsonConverter();
        converter.configure(own, forKeys);
        return converter;
    }
}
