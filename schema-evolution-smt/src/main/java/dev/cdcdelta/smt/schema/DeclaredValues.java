package dev.cdcdelta.smt.schema;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * Values in the BSON types that declared types ask for: a number of any type where the declared one holds exactly that number. What does
 * not fit stays as it is, an array as a whole.
 */
public final class DeclaredValues {
    private final SchemaRules rules;

    private DeclaredValues(SchemaRules rules) {
        this.rules = rules;
    }

    /** The document, or another one that is equal but for the types of numbers. */
    public static BsonDocument of(BsonDocument document, SchemaRules rules) {
        return rules.changeValues() ? new DeclaredValues(rules).document(FieldPath.ROOT, document) : document;
    }

    private BsonDocument document(FieldPath path, BsonDocument document) {
        BsonDocument declared = new BsonDocument();
        for (Map.Entry<String, BsonValue> field : document.entrySet()) {
            FieldPath fieldPath = path.field(FieldNames.fromDocument(field.getKey()));
            declared.put(field.getKey(), value(fieldPath, field.getValue()));
        }
        return declared;
    }

    private BsonValue value(FieldPath path, BsonValue value) {
        Optional<FieldType> declared = rules.declared(path);
        if (declared.isPresent()) {
            BsonValue fitting = fit(declared.get(), value);
            return fitting == null ? value : fitting;
        }
        if (path.isIdentity()) {
            return value;
        }
        if (value instanceof BsonDocument document) {
            return document(path, document);
        }
        if (value instanceof BsonArray array) {
            BsonArray elements = new BsonArray(array.size());
            array.forEach(element -> elements.add(value(path.elements(), element)));
            return elements;
        }
        BsonValue fitting = value.isDecimal128() ? fit(rules.decimals().type(), value) : value;
        return fitting == null ? value : fitting;
    }

    /** The value as one of the type; null if it is none. */
    static @Nullable BsonValue fit(FieldType type, BsonValue value) {
        BsonType bson = value.getBsonType();
        if (type == ScalarType.JSON || bson == BsonType.NULL || bson == BsonType.UNDEFINED) {
            return value;
        }
        if (type instanceof ArrayType array) {
            return value instanceof BsonArray elements ? fitAll(array.element(), elements) : null;
        }
        if (bson == BsonType.ARRAY || bson == BsonType.DOCUMENT || bson == BsonType.TIMESTAMP) {
            return null;
        }
        if (value.isNumber() || value.isDecimal128()) {
            return fitNumber(type, value);
        }
        FieldType own = ValueTypes.of(value);
        return type.equals(own) || type.equals(ScalarJoin.join(type, own)) ? value : null;
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

    private static @Nullable BsonValue fitNumber(FieldType type, BsonValue value) {
        if (type == ScalarType.DECIMAL128 || type == ScalarType.STRING) {
            return value.isDecimal128() ? value : null;
        }
        if (type == ScalarType.DOUBLE) {
            return fitDouble(value);
        }
        BigDecimal number = exact(value);
        if (number == null) {
            return null;
        }
        if (type instanceof DecimalType decimal) {
            BigDecimal scaled = number.setScale(decimal.scale(), RoundingMode.DOWN);
            boolean fits = scaled.compareTo(number) == 0 && scaled.precision() <= decimal.precision();
            return fits ? decimal(value, scaled) : null;
        }
        if (type != ScalarType.INT32 && type != ScalarType.INT64) {
            return null;
        }
        try {
            return type == ScalarType.INT32
                    ? new BsonInt32(number.intValueExact())
                    : new BsonInt64(number.longValueExact());
        } catch (ArithmeticException fractionOrOverflow) {
            return null;
        }
    }

    /** Decimal128 holds 34 digits; of the values that a decimal(38,s) holds beyond that, none comes in BSON. */
    private static BsonValue decimal(BsonValue value, BigDecimal number) {
        return value.isDouble() ? new BsonDecimal128(new Decimal128(number.stripTrailingZeros())) : value;
    }

    private static @Nullable BsonValue fitDouble(BsonValue value) {
        if (value.isDouble()) {
            return value;
        }
        if (value.isDecimal128()) {
            Decimal128 decimal = value.asDecimal128().getValue();
            if (decimal.isNaN()) {
                return new BsonDouble(Double.NaN);
            }
            if (decimal.isInfinite()) {
                return new BsonDouble(decimal.isNegative() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
            }
            if (isNegativeZero(decimal)) {
                return new BsonDouble(-0.0);
            }
        }
        BigDecimal number = exact(value);
        if (number == null) {
            return null;
        }
        double nearest = number.doubleValue();
        return !Double.isInfinite(nearest) && new BigDecimal(nearest).compareTo(number) == 0
                ? new BsonDouble(nearest)
                : null;
    }

    /** Null for what is no number of digits: NaN, the infinities, and zero with a minus, whose sign digits would lose. */
    private static @Nullable BigDecimal exact(BsonValue value) {
        if (value.isDouble()) {
            double number = value.asDouble().getValue();
            boolean isPlain = Double.isFinite(number) && (number != 0 || Double.doubleToRawLongBits(number) == 0);
            return isPlain ? new BigDecimal(number) : null;
        }
        if (value.isDecimal128()) {
            Decimal128 decimal = value.asDecimal128().getValue();
            return decimal.isFinite() && !isNegativeZero(decimal) ? decimal.bigDecimalValue() : null;
        }
        return BigDecimal.valueOf(value.asNumber().longValue());
    }

    private static boolean isNegativeZero(Decimal128 decimal) {
        if (!decimal.isFinite() || !decimal.isNegative()) {
            return false;
        }
        try {
            return decimal.bigDecimalValue().signum() == 0;
        } catch (ArithmeticException negativeZero) {
            return true;
        }
    }
}
