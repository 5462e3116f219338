package dev.cdcdelta.smt.registry;

import dev.cdcdelta.smt.connect.ConnectSchemas;
import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.StructType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.json.JsonParseException;

/** Avro schemas as types: those of {@link AvroText} exactly, others by what their values can hold. */
final class AvroTypes {
    static final String PRECISION = "connect.decimal.precision";

    private final Map<String, FieldType> records = new HashMap<>();

    private AvroTypes() {}

    /** The type of a record schema, or of a union of one with null; empty if the text is no such schema. */
    static Optional<StructType> ofDocument(String avro) {
        try {
            FieldType type =
                    new AvroTypes().type(BsonArray.parse("[" + avro + "]").get(0), "");
            return type instanceof StructType struct ? Optional.of(struct) : Optional.empty();
        } catch (JsonParseException | BsonInvalidOperationException noSchema) {
            return Optional.empty();
        }
    }

    private FieldType type(BsonValue avro, String namespace) {
        if (avro instanceof BsonString name) {
            return named(name.getValue(), namespace);
        }
        if (avro instanceof BsonArray union) {
            List<BsonValue> branches = new ArrayList<>(union);
            branches.remove(new BsonString("null"));
            return branches.size() == 1 ? type(branches.get(0), namespace) : ScalarType.JSON;
        }
        BsonDocument schema = avro.asDocument();
        BsonValue type = schema.get("type", new BsonString(""));
        if (!(type instanceof BsonString kind)) {
            return type(type, namespace);
        }
        return switch (kind.getValue()) {
            case "record", "error" -> record(schema, namespace);
            case "array" -> new ArrayType(type(schema.get("items", new BsonString("null")), namespace));
            case "bytes" -> isLogical(schema, "decimal") ? decimal(schema) : ScalarType.BINARY;
            case "string" -> string(schema);
            case "int" ->
                isLogical(schema, "date") || isLogical(schema, "time-millis") ? ScalarType.DATE : ScalarType.INT32;
            case "long" -> isLogical(schema, "timestamp-millis") ? ScalarType.DATE : ScalarType.INT64;
            case "enum" -> ScalarType.STRING;
            case "fixed" -> ScalarType.BINARY;
            default -> named(kind.getValue(), namespace);
        };
    }

    private FieldType record(BsonDocument schema, String enclosing) {
        String name = schema.getString("name").getValue();
        int dot = name.lastIndexOf('.');
        String namespace = dot >= 0
                ? name.substring(0, dot)
                : schema.getString("namespace", new BsonString(enclosing)).getValue();
        String fullName = namespace + "." + name.substring(dot + 1);
        // A record within itself has no end that a column could have.
        records.put(fullName, ScalarType.JSON);
        List<StructType.Field> fields = new ArrayList<>();
        for (BsonValue element : schema.getArray("fields")) {
            BsonDocument field = element.asDocument();
            BsonValue type = field.get("type", new BsonString("null"));
            fields.add(new StructType.Field(trueName(field.getString("name").getValue(), type), type(type, namespace)));
        }
        StructType struct = new StructType(fields);
        records.put(fullName, struct);
        return struct;
    }

    private static String trueName(String name, BsonValue type) {
        if (type instanceof BsonArray union) {
            for (BsonValue branch : union) {
                if (branch instanceof BsonDocument schema) {
                    return trueName(name, schema);
                }
            }
        }
        if (type instanceof BsonDocument schema
                && schema.get("connect.parameters") instanceof BsonDocument parameters
                && parameters.get(AvroForm.FIELD) instanceof BsonString field) {
            return field.getValue();
        }
        return name;
    }

    private FieldType named(String name, String namespace) {
        return switch (name) {
            case "null" -> ScalarType.NOTHING;
            case "boolean" -> ScalarType.BOOLEAN;
            case "int" -> ScalarType.INT32;
            case "long" -> ScalarType.INT64;
            case "float" -> ScalarType.FLOAT;
            case "double" -> ScalarType.DOUBLE;
            case "bytes" -> ScalarType.BINARY;
            case "string" -> ScalarType.STRING;
            default -> records.getOrDefault(name.contains(".") ? name : namespace + "." + name, ScalarType.JSON);
        };
    }

    private static FieldType string(BsonDocument schema) {
        return schema.get("connect.name") instanceof BsonString name
                ? ConnectSchemas.toType(
                        SchemaBuilder.string().name(name.getValue()).build())
                : ScalarType.STRING;
    }

    private static FieldType decimal(BsonDocument schema) {
        int scale = schema.isInt32("scale") ? schema.getInt32("scale").getValue() : 0;
        int precision =
                schema.isInt32("precision") ? schema.getInt32("precision").getValue() : 0;
        boolean fits = scale >= 0 && scale <= precision && precision > 0 && precision <= 38;
        return fits ? new DecimalType(precision, scale) : ScalarType.JSON;
    }

    private static boolean isLogical(BsonDocument schema, String logicalType) {
        return new BsonString(logicalType).equals(schema.get("logicalType"));
    }
}
