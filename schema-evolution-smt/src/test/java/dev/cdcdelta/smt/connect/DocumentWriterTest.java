package dev.cdcdelta.smt.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.smt.RandomDocuments;
import dev.cdcdelta.smt.Seed;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.IdentityInference;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.SchemaMerge;
import dev.cdcdelta.smt.schema.StructType;
import dev.cdcdelta.smt.schema.TypeInference;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentWriterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'$oid':'5f5f5f5f5f5f5f5f5f5f5f5f'}|OBJECT_ID|5f5f5f5f5f5f5f5f5f5f5f5f",
                "'text'|STRING|text",
                "{'$symbol':'s'}|STRING|s",
                "{'$code':'f()'}|STRING|f()",
                "7|INT32|7",
                "{'$numberLong':'7'}|INT64|7",
                "7.5|DOUBLE|7.5",
                "-0.0|DOUBLE|-0.0",
                "NaN|DOUBLE|NaN",
                "{'$numberDecimal':'1.50'}|DECIMAL128|1.50",
                "true|BOOLEAN|true",
                "{'$binary':{'base64':'AAECAwQFBgcICQoLDA0ODw==','subType':'04'}}|UUID|00010203-0405-0607-0809-0a0b0c0d0e0f",
                "{'$binary':{'base64':'AAECAwQFBgcICQoLDA0ODw==','subType':'03'}}|UUID|00010203-0405-0607-0809-0a0b0c0d0e0f",
                "{'$regularExpression':{'pattern':'a','options':'i'}}|JSON|"
                        + "{'$regularExpression':{'pattern':'a','options':'i'}}",
                "{'$dbPointer':{'$ref':'c','$id':{'$oid':'5f5f5f5f5f5f5f5f5f5f5f5f'}}}|JSON|"
                        + "{'$dbPointer':{'$ref':'c','$id':{'$oid':'5f5f5f5f5f5f5f5f5f5f5f5f'}}}",
                "{'$minKey':1}|JSON|{'$minKey':1}",
                "{'$maxKey':1}|JSON|{'$maxKey':1}",
                "{'$code':'f','$scope':{'x':1}}|JSON|{'$code':'f','$scope':{'x':{'$numberInt':'1'}}}",
                "{'$date':253402300800000}|JSON|{'$date':{'$numberLong':'253402300800000'}}",
                "{'$date':-62135596800001}|JSON|{'$date':{'$numberLong':'-62135596800001'}}"
            },
            quoteCharacter = '`')
    void mapsEachTypeToItsColumn(String json, ScalarType type, String written) {
        BsonDocument document = ExtendedJson.parseDocument("{\"x\":" + json.replace('\'', '"') + "}");
        assertThat(TypeInference.ofDocument(document, ConflictPolicy.DLQ))
                .isEqualTo(new StructType(List.of(new StructType.Field("x", type))));
        assertThat(writeAlone(document).get("x")).hasToString(written.replace('\'', '"'));
    }

    @Test
    void mapsDatesTimestampsBytesAndContainers() {
        Struct struct = writeAlone(
                ExtendedJson.parseDocument(
                        "{\"d\":{\"$date\":-1},\"t\":{\"$timestamp\":{\"t\":4294967295,\"i\":4294967295}},"
                                + "\"b\":{\"$binary\":\"AQI=\",\"$type\":\"00\"},\"s\":{\"a\":[1,null,2]},\"u\":{\"$undefined\":true}}"));
        assertThat(struct.get("d")).isEqualTo(Date.from(Instant.ofEpochMilli(-1)));
        assertThat(struct.getStruct("t").get("time")).isEqualTo(Date.from(Instant.ofEpochMilli(4294967295000L)));
        assertThat(struct.getStruct("t").get("increment")).isEqualTo(-1);
        assertThat(struct.getBytes("b")).containsExactly(1, 2);
        assertThat(struct.getStruct("s").getArray("a")).containsExactly(1, null, 2);
        assertThat(struct.schema().field("u")).isNull();
    }

    @Test
    void putsWhatDoesNotFitIntoTheSidecar() {
        List<Struct> structs = writeAll(List.of(
                BsonDocument.parse("{_id: 1, x: 5, items: [{price: 1}], tags: ['a']}"),
                BsonDocument.parse("{_id: 2, x: 'five', items: [{price: 'free'}], tags: [1, 'a']}"),
                BsonDocument.parse("{_id: 3, x: [], items: {}, tags: []}")));
        assertThat(structs.get(1).get("x")).isNull();
        assertThat(structs.get(1).get("x__json")).isEqualTo("\"five\"");
        assertThat(structs.get(1).get("tags__json")).isEqualTo("[{\"$numberInt\":\"1\"},\"a\"]");
        assertThat(structs.get(1).<Struct>getArray("items").get(0).get("price__json"))
                .isEqualTo("\"free\"");
        assertThat(structs.get(2).get("x__json")).isEqualTo("[]");
        assertThat(structs.get(2).get("items__json")).isEqualTo("{}");
        assertThat(structs.get(2).getArray("tags")).isEmpty();
    }

    @Test
    void keepsAFieldThatIsNamedLikeASidecarApartFromTheSidecar() {
        List<Struct> structs = writeAll(
                List.of(BsonDocument.parse("{x: 5, x__json: /a/}"), BsonDocument.parse("{x: 'five', x__json: /b/}")));
        assertThat(structs.get(1).get("x__json")).isEqualTo("\"five\"");
        assertThat(structs.get(1).getString("x__json_")).contains("\"b\"");
    }

    @Test
    void widensTheFieldRatherThanUseItsSidecar() {
        List<Struct> structs = writeAll(List.of(
                BsonDocument.parse("{x: 5}"),
                BsonDocument.parse("{x: 'five'}"),
                new BsonDocument("x", new BsonInt64(7))));
        assertThat(structs.get(2).get("x")).isEqualTo(7L);
        assertThat(structs.get(2).get("x__json")).isNull();
    }

    @Test
    void writesIntegersIntoDecimalsThatHoldThem() {
        DocumentWriter writer =
                new DocumentWriter(new StructType(List.of(new StructType.Field("x", new DecimalType(4, 2)))));
        assertThat(writer.write(BsonDocument.parse("{x: 12}")).orElseThrow().get("x"))
                .isEqualTo(new BigDecimal("12.00"));
        assertThat(writer.write(BsonDocument.parse("{x: 123}"))).isEmpty();
    }

    @Test
    void losesNothingInAnyMixOfDocuments() {
        RandomDocuments documents = new RandomDocuments(Seed.random(this));
        for (int round = 0; round < 1500; round++) {
            List<BsonDocument> mix = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                mix.add(documents.document(3));
            }
            List<Struct> structs = writeAll(mix);
            for (int i = 0; i < mix.size(); i++) {
                BsonValue back = ConnectBson.of(structs.get(i).schema(), structs.get(i));
                assertThat(Meaning.of(back)).as("%s of %s", mix.get(i), mix).isEqualTo(Meaning.of(mix.get(i)));
            }
        }
    }

    @Test
    void losesNothingWhereAFieldWasAnEmptyArrayAndAStructOfOneBeforeItHadAValue() {
        List<BsonDocument> mix = List.of(
                BsonDocument.parse("{a: []}"),
                BsonDocument.parse("{a: {x: []}}"),
                BsonDocument.parse("{a: {y: 'text'}}"));
        List<Struct> structs = writeAll(mix);
        for (int i = 0; i < mix.size(); i++) {
            BsonValue back = ConnectBson.of(structs.get(i).schema(), structs.get(i));
            assertThat(Meaning.of(back)).isEqualTo(Meaning.of(mix.get(i)));
        }
    }

    @Test
    void keepsTheKeyInTheIdColumn() {
        RandomDocuments documents = new RandomDocuments(Seed.random(this));
        for (int round = 0; round < 10_000; round++) {
            BsonValue id = documents.value(2);
            DocumentKey key = DocumentKey.of(id);
            Struct struct = writeAlone(new BsonDocument("_id", id));
            FieldType type = IdentityInference.of(id);
            assertThat(DocumentKey.ofColumn(type, columnValue(type, struct.get("_id"))))
                    .as(key.canonical())
                    .isEqualTo(key);
        }
    }

    @Test
    void widensNumericIdsAndPutsOthersThatTheColumnWouldNotTellApartBesideIt() {
        List<Struct> structs = writeAll(List.of(
                BsonDocument.parse("{_id: 1}"),
                new BsonDocument("_id", new BsonInt64(2)),
                BsonDocument.parse("{_id: 3}")));
        assertThat(structs).extracting(struct -> struct.get("_id")).containsExactly(1L, 2L, 3L);
        ObjectId oid = new ObjectId();
        List<Struct> mixed = writeAll(List.of(
                new BsonDocument("_id", new BsonString("a")),
                new BsonDocument("_id", new BsonObjectId(oid)),
                new BsonDocument("_id", BsonNull.VALUE),
                BsonDocument.parse("{_id: {a: 1, b: 'x'}}")));
        assertThat(mixed).extracting(struct -> struct.get("_id")).containsExactly("a", null, null, null);
        assertThat(mixed)
                .extracting(struct -> struct.get("_id__json"))
                .containsExactly(
                        null, "{\"$oid\":\"" + oid + "\"}", "null", "{\"a\":{\"$numberInt\":\"1\"},\"b\":\"x\"}");
    }

    private static Struct writeAlone(BsonDocument document) {
        return new DocumentWriter(TypeInference.ofDocument(document, ConflictPolicy.SIDECAR))
                .write(document)
                .orElseThrow();
    }

    /** Each document with the type that holds all of them. */
    private static List<Struct> writeAll(List<BsonDocument> documents) {
        StructType type = documents.stream()
                .map(document -> TypeInference.ofDocument(document, ConflictPolicy.SIDECAR))
                .reduce(SchemaMerge::merge)
                .orElseThrow();
        // A field that was an empty array first and a struct of empty arrays then takes neither's place until a value
        // comes; whose document does not fit any more after that is merged once more, as the transform does.
        for (BsonDocument document : documents) {
            if (new DocumentWriter(type).write(document).isEmpty()) {
                type = SchemaMerge.merge(type, TypeInference.ofDocument(document, ConflictPolicy.SIDECAR));
            }
        }
        DocumentWriter writer = new DocumentWriter(type);
        return documents.stream().map(writer::write).map(Optional::orElseThrow).toList();
    }

    private static Object columnValue(FieldType type, Object value) {
        if (type instanceof StructType struct) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (StructType.Field field : struct.fields()) {
                map.put(field.name(), columnValue(field.type(), ((Struct) value).get(field.name())));
            }
            return map;
        }
        assertThat(type).isNotInstanceOf(ArrayType.class);
        return value instanceof Date date ? (Object) (date.toInstant().toEpochMilli() * 1000L) : value;
    }
}
