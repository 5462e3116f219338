package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.connect.ConnectSchemas;
import dev.cdcdelta.smt.connect.ConnectValueJson;
import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Compiles the conversion from a Connect schema to a column type, once per pair. */
final class Conversions {
    /** Delta's timestamps end where the calendar's four-digit years do. */
    private static final long FIRST_MILLIS = -62_135_596_800_000L;

    private static final long LAST_MILLIS = 253_402_300_799_999L;

    private final SchemaRules rules;

    Conversions(SchemaRules rules) {
        this.rules = rules;
    }

    Conversion compile(Schema schema, ColumnType column, String path) {
        if (column instanceof ColumnType.Leaf leaf) {
            return leaf(schema, leaf.type());
        }
        if (column instanceof ColumnType.Struct struct) {
            if (schema.type() != Schema.Type.STRUCT) {
                return value -> Conversion.UNFIT;
            }
            StructConversion conversion =
                    new StructConversion(FieldConversion.compile(this, schema, struct, path, rules));
            return value -> conversion.row((Struct) value, struct.columns().size());
        }
        ColumnType element = ((ColumnType.Array) column).element();
        if (schema.type() != Schema.Type.ARRAY) {
            return value -> Conversion.UNFIT;
        }
        Conversion conversion = compile(schema.valueSchema(), element, path + "[]");
        return value -> list((List<?>) value, conversion);
    }

    /** Of an {@code _id}, which fits as a whole or not at all, into a column that tells the type apart; its fields are the column's. */
    static Conversion identity(Schema schema, ColumnType column) {
        if (column instanceof ColumnType.Leaf leaf) {
            return leaf(schema, leaf.type());
        }
        if (!(column instanceof ColumnType.Struct struct)) {
            return value -> Conversion.UNFIT;
        }
        List<Conversion> parts = new ArrayList<>();
        for (int i = 0; i < struct.columns().size(); i++) {
            parts.add(identity(
                    schema.fields().get(i).schema(), struct.columns().get(i).type()));
        }
        return value -> document((Struct) value, parts);
    }

    private static Object document(Struct id, List<Conversion> parts) {
        @Nullable Object[] converted = new Object[parts.size()];
        for (int i = 0; i < converted.length; i++) {
            Object part = id.get(id.schema().fields().get(i));
            converted[i] = part == null ? null : parts.get(i).convert(part);
            if (converted[i] == Conversion.UNFIT) {
                return Conversion.UNFIT;
            }
        }
        return converted;
    }

    private static Object list(List<?> values, Conversion conversion) {
        List<@Nullable Object> converted = new ArrayList<>(values.size());
        for (Object value : values) {
            Object element = value == null ? null : conversion.convert(value);
            if (element == Conversion.UNFIT) {
                return Conversion.UNFIT;
            }
            converted.add(element);
        }
        return converted;
    }

    private static Conversion leaf(Schema schema, FieldType column) {
        FieldType incoming = ConnectSchemas.toType(schema);
        if (column == ScalarType.JSON) {
            boolean isText = incoming == ScalarType.JSON && schema.type() == Schema.Type.STRING;
            return isText ? value -> value : value -> ConnectValueJson.text(schema, value);
        }
        if (incoming instanceof StructType || incoming instanceof ArrayType) {
            return value -> Conversion.UNFIT;
        }
        if (NumberConversion.isNumber(incoming) && NumberConversion.isNumber(column)) {
            return NumberConversion.to(column);
        }
        boolean isText =
                column == ScalarType.STRING && schema.type() == Schema.Type.STRING && incoming != ScalarType.JSON;
        if (!incoming.equals(column) && !isText) {
            return value -> Conversion.UNFIT;
        }
        if (column == ScalarType.DATE) {
            return value -> micros((Date) value);
        }
        return column == ScalarType.BINARY ? Conversions::bytes : value -> value;
    }

    // Connect's logical types come as java.util.Date.
    @SuppressWarnings("JavaUtilDate")
    private static Object micros(Date date) {
        long millis = date.getTime();
        return millis < FIRST_MILLIS || millis > LAST_MILLIS ? Conversion.UNFIT : (Object) (millis * 1000);
    }

    private static Object bytes(Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return value;
    }
}
