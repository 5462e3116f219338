package dev.cdcdelta.smt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.smt.connect.ConnectBson;
import dev.cdcdelta.smt.connect.Meaning;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import org.apache.kafka.connect.data.Struct;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class TopicSchemaTest {
    @Test
    void losesNothingOfAnyDocumentWhateverCameBefore() {
        RandomDocuments documents = new RandomDocuments(Seed.random(this));
        for (int round = 0; round < 500; round++) {
            TopicSchema schema = new TopicSchema(documents.document(3), ConflictPolicy.SIDECAR);
            for (int i = 0; i < 20; i++) {
                BsonDocument document = documents.document(3);
                Struct struct = schema.write(document);
                assertThat(Meaning.of(ConnectBson.of(null, struct)))
                        .as(document.toJson())
                        .isEqualTo(Meaning.of(document));
                assertThat(schema.write(document).schema()).isSameAs(struct.schema());
            }
        }
    }

    @Test
    void givesAFieldThatHeldEmptyContainersOfTwoKindsItsTypeWhenAValueComes() {
        TopicSchema schema = new TopicSchema(BsonDocument.parse("{x: []}"), ConflictPolicy.SIDECAR);
        assertThat(schema.write(BsonDocument.parse("{x: {}}")).get("x__json")).isEqualTo("{}");
        Struct struct = schema.write(BsonDocument.parse("{x: 5}"));
        assertThat(struct.get("x")).isEqualTo(5);
        assertThat(schema.write(BsonDocument.parse("{x: []}")).get("x__json")).isEqualTo("[]");
    }
}
