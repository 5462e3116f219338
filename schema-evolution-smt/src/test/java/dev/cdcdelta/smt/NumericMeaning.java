package dev.cdcdelta.smt;

import dev.cdcdelta.smt.connect.Meaning;
import dev.cdcdelta.smt.schema.ValueTypes;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** {@link Meaning} where rules may have given numbers another type: all that is a number, or the text of one, is that number's text. */
final class NumericMeaning {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+(E[+-]?[0-9]+)?");

    private NumericMeaning() {}

    static String of(BsonValue value) {
        return Meaning.of(plain(value));
    }

    private static BsonValue plain(BsonValue value) {
        return switch (value.getBsonType()) {
            case DOCUMENT -> {
                BsonDocument document = new BsonDocument();
                value.asDocument().forEach((name, part) -> document.put(name, plain(part)));
                yield document;
            }
            case ARRAY -> {
                BsonArray array = new BsonArray();
                value.asArray().forEach(element -> array.add(plain(element)));
                yield array;
            }
            case TIMESTAMP -> plain(ValueTypes.parts(value.asTimestamp()));
            case INT32, INT64 ->
                new BsonString(number(String.valueOf(value.asNumber().longValue())));
            case DOUBLE -> new BsonString(number(value.asDouble().getValue()));
            case DECIMAL128 ->
                new BsonString(number(value.asDecimal128().getValue().toString()));
            case STRING -> new BsonString(number(value.asString().getValue()));
            default -> value;
        };
    }

    private static String number(double value) {
        return Double.isFinite(value) && (value != 0 || 1 / value > 0)
                ? number(new BigDecimal(value).toString())
                : String.valueOf(value == 0 ? "-0" : value);
    }

    private static String number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return text;
        }
        BigDecimal number = new BigDecimal(text);
        return number.signum() == 0
                ? (text.startsWith("-") ? "-0" : "0")
                : number.stripTrailingZeros().toString();
    }
}
