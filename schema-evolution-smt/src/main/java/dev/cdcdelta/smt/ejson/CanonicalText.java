package dev.cdcdelta.smt.ejson;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.bson.BsonBinary;
import org.bson.BsonDbPointer;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonRegularExpression;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;

/** Canonical extended JSON, version 2, without white space. */
final class CanonicalText {
    private static final HexFormat HEX = HexFormat.of();

    private CanonicalText() {}

    static void append(StringBuilder text, BsonValue value) {
        switch (value.getBsonType()) {
            case DOCUMENT -> appendDocument(text, value);
            case ARRAY -> appendArray(text, value);
            case STRING -> appendString(text, value.asString().getValue());
            case BOOLEAN -> text.append(value.asBoolean().getValue());
            case NULL -> text.append("null");
            case INT32 ->
                appendWrapped(
                        text, "$numberInt", Integer.toString(value.asInt32().getValue()));
            case INT64 ->
                appendWrapped(text, "$numberLong", Long.toString(value.asInt64().getValue()));
            case DOUBLE ->
                appendWrapped(text, "$numberDouble", number(value.asDouble().getValue()));
            case DECIMAL128 ->
                appendWrapped(
                        text, "$numberDecimal", value.asDecimal128().getValue().toString());
            case OBJECT_ID ->
                appendWrapped(text, "$oid", value.asObjectId().getValue().toHexString());
            case DATE_TIME -> {
                text.append("{\"$date\":");
                appendWrapped(
                        text, "$numberLong", Long.toString(value.asDateTime().getValue()));
                text.append('}');
            }
            case BINARY -> appendBinary(text, value.asBinary());
            case TIMESTAMP -> appendTimestamp(text, value.asTimestamp());
            case REGULAR_EXPRESSION -> appendRegularExpression(text, value.asRegularExpression());
            case DB_POINTER -> appendPointer(text, value.asDBPointer());
            case SYMBOL -> appendWrapped(text, "$symbol", value.asSymbol().getSymbol());
            case JAVASCRIPT -> appendWrapped(text, "$code", value.asJavaScript().getCode());
            case JAVASCRIPT_WITH_SCOPE -> appendCode(text, value.asJavaScriptWithScope());
            case MIN_KEY -> text.append("{\"$minKey\":1}");
            case MAX_KEY -> text.append("{\"$maxKey\":1}");
            case UNDEFINED -> text.append("{\"$undefined\":true}");
            case END_OF_DOCUMENT -> throw new IllegalArgumentException("The end of a document is no value");
        }
    }

    /** The shortest text, as JDK 19 and later give it; JDK 17's own differs, and with it hashes would. */
    private static String number(double value) {
        return NumberOutput.toString(value, true);
    }

    private static void appendDocument(StringBuilder text, BsonValue document) {
        text.append('{');
        boolean first = true;
        for (Map.Entry<String, BsonValue> field : document.asDocument().entrySet()) {
            if (!first) {
                text.append(',');
            }
            first = false;
            appendString(text, field.getKey());
            text.append(':');
            append(text, field.getValue());
        }
        text.append('}');
    }

    private static void appendArray(StringBuilder text, BsonValue array) {
        text.append('[');
        boolean first = true;
        for (BsonValue element : array.asArray()) {
            if (!first) {
                text.append(',');
            }
            first = false;
            append(text, element);
        }
        text.append(']');
    }

    private static void appendBinary(StringBuilder text, BsonBinary binary) {
        text.append("{\"$binary\":{\"base64\":\"")
                .append(Base64.getEncoder().encodeToString(binary.getData()))
                .append("\",\"subType\":\"")
                .append(HEX.toHexDigits(binary.getType()))
                .append("\"}}");
    }

    private static void appendTimestamp(StringBuilder text, BsonTimestamp timestamp) {
        text.append("{\"$timestamp\":{\"t\":")
                .append(Integer.toUnsignedString(timestamp.getTime()))
                .append(",\"i\":")
                .append(Integer.toUnsignedString(timestamp.getInc()))
                .append("}}");
    }

    private static void appendRegularExpression(StringBuilder text, BsonRegularExpression expression) {
        text.append("{\"$regularExpression\":{\"pattern\":");
        appendString(text, expression.getPattern());
        text.append(",\"options\":");
        appendString(text, expression.getOptions());
        text.append("}}");
    }

    private static void appendPointer(StringBuilder text, BsonDbPointer pointer) {
        text.append("{\"$dbPointer\":{\"$ref\":");
        appendString(text, pointer.getNamespace());
        text.append(",\"$id\":");
        appendWrapped(text, "$oid", pointer.getId().toHexString());
        text.append("}}");
    }

    private static void appendCode(StringBuilder text, BsonJavaScriptWithScope code) {
        text.append("{\"$code\":");
        appendString(text, code.getCode());
        text.append(",\"$scope\":");
        append(text, code.getScope());
        text.append('}');
    }

    private static void appendWrapped(StringBuilder text, String name, String content) {
        text.append("{\"").append(name).append("\":");
        appendString(text, content);
        text.append('}');
    }

    static void appendString(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ' || Character.isSurrogate(c) && !Surrogates.isPaired(value, i)) {
                        text.append("\\u").append(HEX.toHexDigits((short) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
