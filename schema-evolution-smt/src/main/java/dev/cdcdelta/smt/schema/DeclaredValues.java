package dev.cdcdelta.smt.schema;

import org.bson.BsonArray;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Values as the types that rules declare have them. A number of any BSON type fits where the declared type holds exactly that number;
 * of the rest, what is of the type, or of one that widens to it without loss. Nothing is read out of text.
 */
public final class DeclaredValues {
    private DeclaredValues() {}

    /** The value, or the same number in the BSON type that the declared one asks for; null if it does not fit, an array as a whole. */
    public static @Nullable BsonValue fit(FieldType declared, BsonValue value) {
        BsonType bson = value.getBsonType();
        if (declared == ScalarType.JSON || bson == BsonType.NULL || bson == BsonType.UNDEFINED) {
            return value;
        }
        if (declared instanceof ArrayType array) {
            return value instanceof BsonArray elements ? fitAll(array.element(), elements) : null;
        }
        if (bson == BsonType.ARRAY || bson == BsonType.DOCUMENT) {
            return null;
        }
        if (ExactNumbers.isNumber(value)) {
            return fitNumber(declared, value);
        }
        FieldType own = ValueTypes.of(value);
        return declared.equals(own) || declared.equals(ScalarJoin.join(declared, own)) ? value : null;
    }

    private static @Nullable BsonArray fitAll(FieldType element, BsonArray elements) {
        BsonArray fitting = new BsonArray(elements.size());
        for (BsonValue value : elements) {
            BsonValue fit = fit(element, value);
            if (fit == null) {
                return null;
            }
            fitting.add(fit);
        }
        return fitting;
    }

    private static @Nullable BsonValue fitNumber(FieldType declared, BsonValue value) {
        if (declared instanceof DecimalType decimal) {
            return decimal.exact(value).isPresent() ? value : null;
        }
        if (!(declared instanceof ScalarType scalar)) {
            return null;
        }
        return switch (scalar) {
            case INT32 -> ExactNumbers.toInt32(value);
            case INT64 -> ExactNumbers.toInt64(value);
            case DOUBLE -> ExactNumbers.toDouble(value);
            case STRING, DECIMAL128 -> value.isDecimal128() ? value : null;
            case NOTHING, BOOLEAN, FLOAT, OBJECT_ID, UUID, BINARY, DATE, JSON -> null;
        };
    }
}
