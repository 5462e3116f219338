package dev.cdcdelta.smt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.smt.connect.ConnectBson;
import dev.cdcdelta.smt.connect.Meaning;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever the text, a record is typed, and means the same, or it is refused with a reason. */
class MutatedDocumentsTest {
    private static final String TOPIC = "app.shop.orders";
    private static final int TYPED_TOGETHER = 40;

    @Test
    void areTypedOrRefusedAndNeverLost() {
        run(20_000);
    }

    @Test
    @Tag("slow")
    void areTypedOrRefusedAndNeverLostAMillionTimes() {
        run(1_000_000);
    }

    private void run(int documents) {
        Random random = Seed.random(this);
        RandomDocuments drawn = new RandomDocuments(random);
        DialectTexts texts = new DialectTexts(random);
        MutatedTexts mutated = new MutatedTexts(random);
        int typed = 0;
        int refused = 0;
        try (SchemaEvolution<SinkRecord> transform = new SchemaEvolution.Value<>()) {
            transform.configure(Map.of());
            for (int i = 0; i < documents; i++) {
                if (i % TYPED_TOGETHER == 0) {
                    transform.forget(TOPIC);
                }
                BsonDocument document = new BsonDocument("_id", new BsonInt32(i));
                document.putAll(drawn.document(3));
                String text = mutated.of(texts.of(document));
                Struct struct = typed(transform, text);
                if (struct == null) {
                    refused++;
                } else {
                    typed++;
                    assertThat(isBroken(text)).as("typed, but broken: %s", text).isFalse();
                    assertThat(Meaning.of(ConnectBson.of(struct.schema(), struct)))
                            .as(text)
                            .isEqualTo(Meaning.of(ExtendedJson.parseDocument(text)));
                }
            }
        }
        System.out.println(documents + " mutated documents: " + typed + " typed, " + refused + " refused");
        assertThat(typed + refused).isEqualTo(documents);
        assertThat(typed).isGreaterThan(documents / 20);
        assertThat(refused).isGreaterThan(documents / 20);
    }

    /** The typed document; null if it is refused, which the parser does too, unless it is the {@code _id} that is in conflict. */
    private static @Nullable Struct typed(SchemaEvolution<SinkRecord> transform, String text) {
        try {
            return (Struct)
                    Objects.requireNonNull(transform.apply(record(text))).value();
        } catch (DataException refused) {
            assertThat(refused).hasMessageContaining(TOPIC + ", partition 0, offset 7");
            if (!String.valueOf(refused.getMessage()).contains("Field '_id' is ")) {
                assertThat(isBroken(text))
                        .as("%s: %s", refused.getMessage(), text)
                        .isTrue();
            }
            return null;
        }
    }

    private static boolean isBroken(String text) {
        try {
            ExtendedJson.parseDocument(text);
            return false;
        } catch (DataException broken) {
            return true;
        }
    }

    private static SinkRecord record(String after) {
        Map<String, Object> envelope = Map.of("op", "c", "after", after, "source", Map.of("collection", "orders"));
        return new SinkRecord(TOPIC, 0, null, Map.of("id", "1"), null, envelope, 7);
    }
}
