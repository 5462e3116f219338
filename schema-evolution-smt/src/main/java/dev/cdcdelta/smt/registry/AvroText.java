package dev.cdcdelta.smt.registry;

import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Schemas of {@link AvroForm} as Avro, letter by letter as the Avro converters of Confluent and Apicurio write them, since registries
 * compare texts: what Avro cannot say stays in {@code connect.name}, {@code connect.version} and {@code connect.parameters}.
 */
final class AvroText {
    private AvroText() {}

    /** The schema as JSON. */
    static String of(Schema document) {
        return CompactJson.of(type(document));
    }

    private static BsonValue type(Schema schema) {
        BsonDocument type = switch (schema.type()) {
            case STRUCT -> record(schema);
            case ARRAY ->
                new BsonDocument("type", new BsonString("array")).append("items", optional(schema.valueSchema()));
            case BOOLEAN -> primitive("boolean");
            case INT32 -> primitive("int");
            case INT64 -> primitive("long");
            case FLOAT32 -> primitive("float");
            case FLOAT64 -> primitive("double");
            case STRING -> primitive("string");
            case BYTES -> bytes(schema);
            case INT8, INT16, MAP ->
                throw new IllegalArgumentException("No document has a field of type " + schema.type());
        };
        if (schema.version() != null) {
            type.append("connect.version", new BsonInt32(schema.version()));
        }
        if (schema.parameters() != null && !schema.parameters().isEmpty()) {
            type.append("connect.parameters", parameters(schema.parameters()));
        }
        if (schema.name() != null) {
            type.append("connect.name", new BsonString(schema.name()));
        }
        if (Timestamp.LOGICAL_NAME.equals(schema.name())) {
            type.append("logicalType", new BsonString("timestamp-millis"));
        }
        if (Decimal.LOGICAL_NAME.equals(schema.name())) {
            type.append("logicalType", new BsonString("decimal"));
        }
        BsonValue kind = type.get("type");
        return type.size() == 1 && kind != null ? kind : type;
    }

    private static BsonDocument primitive(String name) {
        return new BsonDocument("type", new BsonString(name));
    }

    private static BsonDocument bytes(Schema schema) {
        BsonDocument type = primitive("bytes");
        if (Decimal.LOGICAL_NAME.equals(schema.name())) {
            Map<String, String> parameters = schema.parameters();
            type.append("scale", number(parameters, Decimal.SCALE_FIELD));
            type.append("precision", number(parameters, AvroTypes.PRECISION));
        }
        return type;
    }

    private static BsonInt32 number(Map<String, String> parameters, String name) {
        return new BsonInt32(Integer.parseInt(parameters.get(name)));
    }

    private static BsonDocument record(Schema schema) {
        int dot = schema.name().lastIndexOf('.');
        BsonArray fields = new BsonArray();
        for (Field field : schema.fields()) {
            fields.add(new BsonDocument("name", new BsonString(field.name()))
                    .append("type", optional(field.schema()))
                    .append("default", BsonNull.VALUE));
        }
        return primitive("record")
                .append("name", new BsonString(schema.name().substring(dot + 1)))
                .append("namespace", new BsonString(schema.name().substring(0, dot)))
                .append("fields", fields);
    }

    private static BsonArray optional(Schema schema) {
        BsonArray union = new BsonArray();
        union.add(new BsonString("null"));
        union.add(type(schema));
        return union;
    }

    private static BsonDocument parameters(Map<String, String> parameters) {
        BsonDocument document = new BsonDocument();
        parameters.forEach((name, value) -> document.append(name, new BsonString(value)));
        return document;
    }

    /** The body of a registration. */
    static String request(String schema) {
        return CompactJson.of(new BsonDocument("schema", new BsonString(schema)));
    }
}
