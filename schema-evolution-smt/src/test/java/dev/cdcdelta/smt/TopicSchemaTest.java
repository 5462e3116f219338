package dev.cdcdelta.smt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.smt.connect.ConnectBson;
import dev.cdcdelta.smt.connect.Meaning;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
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
        TopicSchema schema =
                new TopicSchema(known, BsonDocument.parse("{_id: {$oid: '" + OID + "'}, n: 'x'}"), SchemaRules.DEFAULT);
        Struct struct = schema.write(BsonDocument.parse("{_id: {$oid: '" + OID + "'}, n: 'x'}"));
        assertThat(struct.get("n")).isNull();
        assertThat(struct.get("n__json")).isEqualTo("\"x\"");
        Struct other = new TopicSchema(known, BsonDocument.parse("{_id: 'a'}"), SchemaRules.DEFAULT)
                .write(BsonDocument.parse("{_id: 'a'}"));
        assertThat(other.get("_id")).isNull();
        assertThat(other.get("_id__json")).isEqualTo("\"a\"");
    }

    @Test
    void losesNothingOfAnyDocumentWhateverCameBefore() {
        RandomDocuments documents = new RandomDocuments(Seed.random(this));
        for (int round = 0; round < 500; round++) {
            TopicSchema schema = new TopicSchema(NOTHING, documents.document(3), SchemaRules.DEFAULT);
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
        TopicSchema schema = new TopicSchema(NOTHING, BsonDocument.parse("{x: []}"), SchemaRules.DEFAULT);
        assertThat(schema.write(BsonDocument.parse("{x: {}}")).get("x__json")).isEqualTo("{}");
        Struct struct = schema.write(BsonDocument.parse("{x: 5}"));
        assertThat(struct.get("x")).isEqualTo(5);
        assertThat(schema.write(BsonDocument.parse("{x: []}")).get("x__json")).isEqualTo("[]");
    }
}
