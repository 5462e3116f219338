package dev.cdcdelta.smt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.smt.connect.ConnectBson;
import dev.cdcdelta.smt.connect.DocumentWriter;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.SchemaMerge;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import dev.cdcdelta.smt.schema.TypeInference;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that is read straight into a Struct gives what parsing it and writing the document would. */
class DirectReadingTest {
    private static final int ROUNDS = 20_000;

    @Test
    void givesWhatTheParserAndTheWriterGive() {
        Random random = Seed.random(this);
        RandomDocuments documents = new RandomDocuments(random);
        DialectTexts texts = new DialectTexts(random);
        StructType type = new StructType(List.of());
        int direct = 0;
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 20 == 0) {
                type = new StructType(List.of());
            }
            BsonDocument drawn = documents.document(3);
            if (random.nextInt(3) == 0) {
                drawn.append("_id", documents.value(1));
            }
            String text = texts.of(drawn);
            BsonDocument document = ExtendedJson.parseDocument(text);
            try {
                type = SchemaMerge.merge(
                        type, TypeInference.ofDocument(document, SchemaRules.of(ConflictPolicy.SIDECAR)));
            } catch (DataException ambiguousId) {
                // Refused here too, or left to the parser, whichever field comes first.
                DocumentWriter writer = new DocumentWriter(type);
                assertThatCode(() -> assertThat(writer.write(text)).as(text).isEmpty())
                        .satisfiesAnyOf(
                                thrown -> assertThat(thrown).isNull(),
                                thrown -> assertThat(thrown).hasMessage(ambiguousId.getMessage()));
                continue;
            }
            Optional<Struct> read = new DocumentWriter(type).write(text);
            if (read.isPresent()) {
                direct++;
                Struct written = new DocumentWriter(type).write(document).orElseThrow();
                assertThat(bson(read.get())).as(text).isEqualTo(bson(written));
            }
        }
        System.out.println(direct + " of " + ROUNDS + " documents were read directly");
        assertThat(direct).isGreaterThan(ROUNDS / 2);
    }

    @Test
    void evolvesTheTypeAsTheWriterDoes() {
        Random random = Seed.random(this);
        RandomDocuments documents = new RandomDocuments(random);
        DialectTexts texts = new DialectTexts(random);
        for (int round = 0; round < 200; round++) {
            BsonDocument first = documents.document(2);
            TopicSchema byText =
                    new TopicSchema(new StructType(List.of()), first, SchemaRules.of(ConflictPolicy.SIDECAR));
            TopicSchema byDocument =
                    new TopicSchema(new StructType(List.of()), first, SchemaRules.of(ConflictPolicy.SIDECAR));
            for (int i = 0; i < 20; i++) {
                String text = texts.of(documents.document(3));
                Struct read = byText.write(text);
                Struct written = byDocument.write(ExtendedJson.parseDocument(text));
                assertThat(read.schema()).as(text).isEqualTo(written.schema());
                assertThat(bson(read)).as(text).isEqualTo(bson(written));
            }
        }
    }

    /** With the schema's types, and with arrays of bytes that are compared. */
    private static BsonValue bson(Struct struct) {
        return ConnectBson.of(struct.schema(), struct);
    }

    /** Each with a document of the same type, so that it would fit. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"z\":null,\"z\":null}",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{\"a\":1}x",
                "{\"a\":1",
                "{\"a\" 1}",
                "{\"a\"\"a\":1}",
                "{\"a\":1 \"b\":2}",
                "{'a':1}",
                "{\"d\":1e400}",
                "{\"d\":-1e-400}",
                "{\"d\":1.}",
                "{\"d\":.5}",
                "{\"d\":+1}",
                "{\"d\":NaN1}",
                "{\"s\":\"\\ud800\"}",
                "{\"s\":\"\\uD83D\\u0020\"}",
                "{\"s\":\"\\q\"}",
                "{\"s\":\"\\u00zz\"}",
                "{\"s\":\"a\tb\"}",
                "{\"s\":\"",
                "{\"s\":\"\\",
                "{\"l\":[1,]}",
                "{\"l\":[1",
                "{\"l\":[1}",
                "{\"l\":[1]]",
                "{\"o\":{\"x\":1]}",
                "{\"o\":{\"x\":1,\"x\":null}}",
                "{\"z\":{\"x\":[}}",
                "{\"i\":{\"$oid\":\"5f5f5f5f5f5f5f5f5f5f5f5f\"}",
                ""
            })
    void readsNothingThatTheParserRefuses(String text) {
        BsonDocument fitting = BsonDocument.parse(
                "{a: 1, b: 2, d: 1.5, s: 't', l: [1], o: {x: 1}, i: {$oid: '5f5f5f5f5f5f5f5f5f5f5f5f'}}");
        DocumentWriter writer =
                new DocumentWriter(TypeInference.ofDocument(fitting, SchemaRules.of(ConflictPolicy.SIDECAR)));
        assertThat(writer.write(ExtendedJson.text(fitting).replace("{\"$numberInt\":\"1\"}", "1")))
                .isPresent();
        assertThat(writer.write(text)).isEmpty();
        assertThatThrownBy(() -> ExtendedJson.parseDocument(text)).isInstanceOf(DataException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"n\": 9223372036854775807}",
                "{\"n\": {\"$numberLong\": \"-9223372036854775808\"}}",
                "{\"n\": 9223372036854775808}",
                "{\"n\": -0}",
                "{\"d\": 1.7976931348623157E308}",
                "{\"d\": 4.9E-324}",
                "{\"d\": 0.1234567890123456789}",
                "{\"d\": 123456789012345.6}",
                "{\"d\": -0.0}",
                "{\"d\": 1E22}",
                "{\"d\": 0.000000000000000000000000000000000000001}",
                "{\"d\": 2147483648}",
                "{\"m\": {\"$numberDecimal\": \"0.0000001\"}}",
                "{\"m\": {\"$numberDecimal\": \"0.000001\"}}",
                "{\"m\": {\"$numberDecimal\": \"-0\"}}",
                "{\"m\": {\"$numberDecimal\": \"0.00000000\"}}",
                "{\"m\": {\"$numberDecimal\": \"1E+3\"}}",
                "{\"m\": {\"$numberDecimal\": \"12345678901234567890123456789012345.5\"}}",
                "{\"m\": {\"$numberDecimal\": \"NaN\"}}",
                "{\"s\": \"\\u00e9\\/\\b\\f\\n\\r\\t\\\"\\\\\\ud83d\\ude00\"}",
                "{\"\\u0073\": \"escaped name\"}",
                "{\"i\": {\"$oid\": \"5F5F5F5F5F5F5F5F5F5F5F5F\"}}",
                "{\"i\": {\"$oid\": \"5f5f5f5f5f5f5f5f5f5f5f5f\", \"x\": 1}}",
                "{\"i\": {\"\\u0024oid\": \"5f5f5f5f5f5f5f5f5f5f5f5f\"}}",
                "{\"t\": {\"$date\": 253402300800000}}",
                "{\"t\": {\"$date\": {\"$numberLong\": \"-62135596800001\"}}}",
                "{\"t\": {\"$date\": \"2020-01-01T00:00:00.5Z\"}}",
                "{\"o\": {\"$numberInt\": \"7\"}}",
                "{\"\\ud800\": null}",
                "{\"\\ud800\": 5, \"%uD800\": 6}",
                "{\"o\": {\"$ref\": \"c\", \"x\": 1}}",
                "{\"l\": [{\"$undefined\": true}, null, 5]}"
            })
    void readsOddValuesAsTheParserDoes(String text) {
        BsonDocument first = BsonDocument.parse("{n: {$numberLong: '1'}, d: 1.5, m: {$numberDecimal: '1'}, s: 't',"
                + " i: {$oid: '5f5f5f5f5f5f5f5f5f5f5f5f'}, t: {$date: {$numberLong: '0'}}, o: {x: 1}, l: [1]}");
        StructType nothing = new StructType(List.of());
        Struct read = new TopicSchema(nothing, first, SchemaRules.of(ConflictPolicy.SIDECAR)).write(text);
        Struct written = new TopicSchema(nothing, first, SchemaRules.of(ConflictPolicy.SIDECAR))
                .write(ExtendedJson.parseDocument(text));
        assertThat(read).isEqualTo(written);
        assertThat(read.schema()).isEqualTo(written.schema());
    }
}
