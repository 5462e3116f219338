package dev.cdcdelta.smt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.smt.connect.ConnectBson;
import dev.cdcdelta.smt.connect.Meaning;
import dev.cdcdelta.smt.registry.TopicHistory;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.StructType;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class TopicSchemaTest {
    private static final String OID = "5f5f5f5f5f5f5f5f5f5f5f5f";
    private static final StructType NOTHING = new StructType(List.of());

    @Test
    void startsFromWhatIsKnownOfTheTopic() {
        StructType known = new StructType(List.of(
                new StructType.Field("_id", ScalarType.OBJECT_ID),
                new StructType.Field("n", ScalarType.INT32),
                new StructType.Field("n__json", ScalarType.JSON)));
        TopicSchema schema = new TopicSchema(
                TopicHistory.startingWith(known),
                BsonDocument.parse("{_id: {$oid: '" + OID + "'}, n: 'x'}"),
                ConflictPolicy.SIDECAR);
        Struct struct = schema.write(BsonDocument.parse("{_id: {$oid: '" + OID + "'}, n: 'x'}"));
        assertThat(struct.get("n")).isNull();
        assertThat(struct.get("n__json")).isEqualTo("\"x\"");
        assertThatThrownBy(() -> new TopicSchema(
                        TopicHistory.startingWith(known), BsonDocument.parse("{_id: 'a'}"), ConflictPolicy.SIDECAR))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'_id' is object_id and string");
    }

    @Test
    void losesNothingOfAnyDocumentWhateverCameBefore() {
        RandomDocuments documents = new RandomDocuments(Seed.random(this));
        for (int round = 0; round < 500; round++) {
            TopicSchema schema =
                    new TopicSchema(TopicHistory.startingWith(NOTHING), documents.document(3), ConflictPolicy.SIDECAR);
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
        TopicSchema schema = new TopicSchema(
                TopicHistory.startingWith(NOTHING), BsonDocument.parse("{x: []}"), ConflictPolicy.SIDECAR);
        assertThat(schema.write(BsonDocument.parse("{x: {}}")).get("x__json")).isEqualTo("{}");
        Struct struct = schema.write(BsonDocument.parse("{x: 5}"));
        assertThat(struct.get("x")).isEqualTo(5);
        assertThat(schema.write(BsonDocument.parse("{x: []}")).get("x__json")).isEqualTo("[]");
    }
}
