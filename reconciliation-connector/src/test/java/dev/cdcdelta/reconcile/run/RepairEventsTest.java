package dev.cdcdelta.reconcile.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.smt.key.DocumentKey;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

class RepairEventsTest {
    private static final List<BsonValue> IDS = List.of(
            new BsonInt32(5),
            new BsonInt64(5),
            new BsonDouble(5.5),
            new BsonString("a \"quoted\" ü"),
            new BsonObjectId(new ObjectId("65f0c0ffee65f0c0ffee65f0")),
            new BsonDocument("a", new BsonInt32(1)).append("b", new BsonDocument("c", new BsonString("x"))),
            new BsonDateTime(1_700_000_000_123L),
            new BsonBinary((byte) 4, new byte[16]),
            new BsonDecimal128(Decimal128.parse("1.50")));

    /** Another text would be another key to Kafka, and might go to another partition, past newer changes. */
    @Test
    void keysAreDebeziumsToTheByte() throws Exception {
        Class<?> debezium = Class.forName("io.debezium.connector.mongodb.JsonSerialization");
        Constructor<?> constructor = debezium.getDeclaredConstructor();
        constructor.setAccessible(true);
        Method documentId = debezium.getMethod("getDocumentId", BsonDocument.class);
        documentId.setAccessible(true);
        Object serialization = constructor.newInstance();
        for (BsonValue id : IDS) {
            assertThat(RepairEvents.keyText(id))
                    .isEqualTo(documentId.invoke(serialization, new BsonDocument("_id", id)));
        }
    }

    @Test
    void anEventCarriesTheTimeBeforeItsDocumentWasRead() {
        RepairEvents events = new RepairEvents("t.shop.orders", "shop", "orders");
        BsonDocument document = BsonDocument.parse("{_id: 1, a: 5}");
        SourceRecord update = events.event(
                DocumentKey.of(new BsonInt32(1)), Optional.of(document), new BsonTimestamp(1_700_000_000, 3));

        assertThat(update.topic()).isEqualTo("t.shop.orders");
        assertThat(((Struct) update.key()).getString("id")).isEqualTo("1");
        Map<?, ?> value = (Map<?, ?>) update.value();
        assertThat(value.get("op")).isEqualTo("u");
        assertThat(BsonDocument.parse((String) value.get("after"))).isEqualTo(document);
        assertThat(((Map<?, ?>) value.get("source")).get("ts_ms")).isEqualTo(1_700_000_000_000L);
        assertThat(((Map<?, ?>) value.get("source")).get("ord")).isEqualTo(3);

        SourceRecord delete =
                events.event(DocumentKey.of(new BsonInt32(1)), Optional.empty(), new BsonTimestamp(1_700_000_000, 3));
        assertThat(((Map<?, ?>) delete.value()).get("op")).isEqualTo("d");
        assertThat(((Map<?, ?>) delete.value()).get("after")).isNull();
    }
}
