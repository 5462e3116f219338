package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/** Types as Kafka Connect schemas, all optional, and back. */
public final class ConnectSchemas {
    /** Parameter of a Decimal schema, as Debezium sets it too: the number of digits. */
    static final String PRECISION = "connect.decimal.precision";

    private static final int MAXIMUM_PRECISION = 38;

    private ConnectSchemas() {}

    /**
     * The schema of a type. A struct's vacant fields are left out, for they have no type yet.
     *
     * @throws IllegalArgumentException if the type itself is vacant, unless it is a struct
     */
    public static Schema toConnect(FieldType type) {
        if (type instanceof StructType struct) {
            SchemaBuilder schema = SchemaBuilder.struct().optional();
            for (StructType.Field field : struct.fields()) {
                if (!field.type().isVacant()) {
                    schema.field(field.name(), toConnect(field.type()));
                }
            }
            return schema.build();
        }
        if (type instanceof ArrayType array) {
            return SchemaBuilder.array(toConnect(array.element())).optional().build();
        }
        if (type instanceof DecimalType decimal) {
            return Decimal.builder(decimal.scale())
                    .parameter(PRECISION, Integer.toString(decimal.precision()))
                    .optional()
                    .build();
        }
        return scalar((ScalarType) type);
    }

    private static Schema scalar(ScalarType type) {
        return switch (type) {
            case NOTHING -> throw new IllegalArgumentException("A field without values has no schema");
            case BOOLEAN -> Schema.OPTIONAL_BOOLEAN_SCHEMA;
            case INT32 -> Schema.OPTIONAL_INT32_SCHEMA;
            case INT64 -> Schema.OPTIONAL_INT64_SCHEMA;
            case FLOAT -> Schema.OPTIONAL_FLOAT32_SCHEMA;
            case DOUBLE -> Schema.OPTIONAL_FLOAT64_SCHEMA;
            case STRING -> Schema.OPTIONAL_STRING_SCHEMA;
            case OBJECT_ID, UUID, DECIMAL128, JSON ->
                SchemaBuilder.string().name(SemanticNames.of(type)).optional().build();
            case BINARY -> Schema.OPTIONAL_BYTES_SCHEMA;
            case DATE -> Timestamp.builder().optional().build();
        };
    }

    /**
     * The type of a schema, of this project or of others: small integers are INT32, Connect's Date and Time are DATE, maps are JSON,
     * decimals without a precision have 38 digits.
     *
     * @throws DataException if a decimal's scale is no number
     */
    public static FieldType toType(Schema schema) {
        return switch (schema.type()) {
            case STRUCT -> toStructType(schema);
            case ARRAY -> new ArrayType(toType(schema.valueSchema()));
            case MAP -> ScalarType.JSON;
            case BOOLEAN -> ScalarType.BOOLEAN;
            case INT8, INT16 -> ScalarType.INT32;
            case INT32 -> isDate(schema) ? ScalarType.DATE : ScalarType.INT32;
            case INT64 -> Timestamp.LOGICAL_NAME.equals(schema.name()) ? ScalarType.DATE : ScalarType.INT64;
            case FLOAT32 -> ScalarType.FLOAT;
            case FLOAT64 -> ScalarType.DOUBLE;
            case STRING -> SemanticNames.ofString(schema.name());
            case BYTES -> Decimal.LOGICAL_NAME.equals(schema.name()) ? toDecimalType(schema) : ScalarType.BINARY;
        };
    }

    /** {@link #toType} of a struct schema. */
    public static StructType toStructType(Schema schema) {
        List<StructType.Field> fields = new ArrayList<>(schema.fields().size());
        for (Field field : schema.fields()) {
            fields.add(new StructType.Field(field.name(), toType(field.schema())));
        }
        return new StructType(fields);
    }

    private static boolean isDate(Schema schema) {
        return Date.LOGICAL_NAME.equals(schema.name()) || Time.LOGICAL_NAME.equals(schema.name());
    }

    private static FieldType toDecimalType(Schema schema) {
        Map<String, String> parameters = schema.parameters() == null ? Map.of() : schema.parameters();
        try {
            int scale = Integer.parseInt(parameters.get(Decimal.SCALE_FIELD));
            String precision = parameters.get(PRECISION);
            int digits = precision == null ? MAXIMUM_PRECISION : Integer.parseInt(precision);
            boolean fits = scale >= 0 && scale <= digits && digits > 0 && digits <= MAXIMUM_PRECISION;
            return fits ? new DecimalType(digits, scale) : ScalarType.JSON;
        } catch (NumberFormatException invalid) {
            throw new DataException("A Decimal schema has scale or precision that are no numbers: " + parameters
                    + ". Correct the schema that the converter gives.");
        }
    }
}
