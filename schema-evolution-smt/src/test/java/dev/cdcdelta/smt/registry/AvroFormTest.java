package dev.cdcdelta.smt.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.smt.RandomDocuments;
import dev.cdcdelta.smt.Seed;
import dev.cdcdelta.smt.connect.ConnectBson;
import dev.cdcdelta.smt.connect.ConnectSchemas;
import dev.cdcdelta.smt.connect.DocumentWriter;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.SchemaMerge;
import dev.cdcdelta.smt.schema.StructType;
import dev.cdcdelta.smt.schema.TypeInference;
import io.apicurio.registry.utils.converter.avro.AvroData;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AvroFormTest {
    private static final String NAME = "app.shop.orders.Value";
    private final AvroData converter = new AvroData(100);

    @Test
    void isWhatTheConverterMakesOfTheSameSchema() {
        RandomDocuments documents = new RandomDocuments(Seed.random(this));
        for (int round = 0; round < 500; round++) {
            Schema form = form(documents.document(4));
            assertThat(BsonDocument.parse(AvroText.of(form)))
                    .isEqualTo(
                            BsonDocument.parse(converter.fromConnectSchema(form).toString()));
        }
        Schema escaped = form(new BsonDocument("\"\\\n\r\t\b\f\u0001\u001f\u007f\u2028ü😀", new BsonInt32(1)));
        assertThat(AvroText.of(escaped))
                .isEqualTo(converter.fromConnectSchema(escaped).toString());
        StructType decimal = new StructType(List.of(new StructType.Field("total", new DecimalType(12, 2))));
        Schema form = AvroForm.of(ConnectSchemas.toConnect(decimal), NAME);
        assertThat(AvroText.of(form))
                .isEqualTo(converter.fromConnectSchema(form).toString());
        assertThat(AvroTypes.ofDocument(AvroText.of(form))).contains(decimal);
    }

    @Test
    void readsBackTheTypeThatWasWritten() {
        RandomDocuments documents = new RandomDocuments(Seed.random(this));
        for (int round = 0; round < 500; round++) {
            Schema schema = ConnectSchemas.toConnect(type(documents.document(4)));
            String text = AvroText.of(AvroForm.of(schema, NAME));
            StructType read = AvroTypes.ofDocument(text).orElseThrow();
            assertThat(ConnectSchemas.toConnect(read)).as(text).isEqualTo(schema);
        }
    }

    @Test
    void losesNothingOnItsWayThroughTheConverterAndBack() {
        RandomDocuments documents = new RandomDocuments(Seed.random(this));
        OriginalNames names = new OriginalNames();
        for (int round = 0; round < 500; round++) {
            BsonDocument document = documents.document(4);
            Struct typed = new DocumentWriter(type(document)).write(document).orElseThrow();
            Schema form = AvroForm.of(typed.schema(), NAME);
            Struct sent = new StructCopy(typed.schema(), form).of(typed);
            sent.validate();
            SchemaAndValue received =
                    converter.toConnectData(converter.fromConnectSchema(form), converter.fromConnectData(form, sent));
            assertThat(plain(names.restored(received.value())))
                    .as(document.toJson())
                    .isEqualTo(plain(typed));
        }
    }

    @Test
    void givesEveryNameOneThatAvroAllowsAndNoTwoTheSame() {
        Set<String> escaped = new HashSet<>();
        List<String> names = List.of(
                "",
                "_x_",
                "a.b",
                "a_b",
                "a_x002e_b",
                "a b",
                "$ref",
                "9lives",
                "_9lives",
                "_x0039_lives",
                "ü",
                "😀",
                "_",
                "__",
                "x",
                "_x",
                "__x",
                "a_",
                "a__json");
        for (String name : names) {
            String avro = AvroNames.of(name);
            assertThat(avro).matches("[A-Za-z_][A-Za-z0-9_]*");
            assertThat(escaped.add(avro)).as(name + " is " + avro).isTrue();
        }
        assertThat(AvroNames.of("customer_id")).isEqualTo("customer_id");
        assertThat(AvroNames.of("a.b")).isEqualTo("a_x002e_b");
        assertThat(AvroNames.namespace("app.shop-eu.orders")).isEqualTo("app.shop_x002d_eu.orders");
    }

    @Test
    void readsSchemasOfOthersByWhatTheirValuesCanHold() {
        String text = """
                ["null", {"type": "record", "name": "Order", "doc": "by hand", "fields": [
                  {"name": "_id", "type": "string"},
                  {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["NEW"]}},
                  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                  {"name": "either", "type": ["null", "int", "string"]},
                  {"name": "tags", "type": {"type": "map", "values": "string"}},
                  {"name": "parent", "type": ["null", "Order"]}]}]
                """;
        StructType type = AvroTypes.ofDocument(text).orElseThrow();
        assertThat(type.fields())
                .extracting(field -> field.name() + " " + field.type())
                .containsExactly("_id STRING", "state STRING", "at DATE", "either JSON", "tags JSON", "parent JSON");
        for (String noRecord : List.of("\"string\"", "{\"type\": \"record\"}", "{", "<html>", "[]", "7")) {
            assertThat(AvroTypes.ofDocument(noRecord)).as(noRecord).isEmpty();
        }
    }

    private static StructType type(BsonDocument document) {
        return SchemaMerge.merge(
                new StructType(List.of()),
                TypeInference.ofDocument(document, ConflictPolicy.SIDECAR),
                ConflictPolicy.SIDECAR);
    }

    private static Schema form(BsonDocument document) {
        return AvroForm.of(ConnectSchemas.toConnect(type(document)), NAME);
    }

    private static String plain(@Nullable Object value) {
        return ConnectBson.of(null, value).toString();
    }
}
