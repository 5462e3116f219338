package dev.cdcdelta.sink.change;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.cdcdelta.smt.ejson.TextCursor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads envelopes that bring a whole document from their bytes, and keeps of them nothing but what makes a row. All other values, among
 * them those that anything is wrong with, are for {@link EnvelopeBytes}. For one thread.
 */
final class EnvelopeScanner {
    private final JsonFactory json;
    private final TextCursor document = new TextCursor();
    private boolean hasDocument;
    private boolean hasBefore;
    private boolean hasSource;
    private boolean hasCollection;
    private @Nullable String operation;
    private @Nullable Long time;
    private @Nullable Integer ordinal;

    EnvelopeScanner(JsonFactory json) {
        this.json = json;
    }

    /** At the beginning of the document, until the next scan. */
    TextCursor document() {
        return document;
    }

    /** {@code c}, {@code u} or {@code r}. */
    String operation() {
        if (operation == null) {
            throw new IllegalStateException("no envelope was scanned");
        }
        return operation;
    }

    /** Milliseconds since the epoch; null if the envelope does not tell it. */
    @Nullable
    Long time() {
        return time;
    }

    @Nullable
    Integer ordinal() {
        return ordinal;
    }

    /** Whether the value is such an envelope. */
    boolean scan(byte[] value) {
        hasDocument = false;
        hasBefore = false;
        hasSource = false;
        hasCollection = false;
        operation = null;
        time = null;
        ordinal = null;
        try (JsonParser parser = json.createParser(value)) {
            return parser.nextToken() == JsonToken.START_OBJECT
                    && fields(parser)
                    && parser.nextToken() == null
                    && hasDocument
                    && hasCollection
                    && isOfImage(operation);
        } catch (IOException broken) {
            // Told by whoever reads it next, in words of ours.
            return false;
        }
    }

    private static boolean isOfImage(@Nullable String operation) {
        return operation != null && operation.length() == 1 && "cur".contains(operation);
    }

    private boolean fields(JsonParser parser) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            boolean isUsual = switch (name) {
                case "after" -> after(parser, token);
                case "before" -> before(token);
                case "op" -> operation(parser, token);
                case "source" -> source(parser, token);
                case "schema", "payload" -> false;
                default -> skip(parser, token);
            };
            if (!isUsual) {
                return false;
            }
        }
        return parser.currentToken() == JsonToken.END_OBJECT;
    }

    private boolean after(JsonParser parser, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING || hasDocument) {
            return false;
        }
        hasDocument = true;
        document.over(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        return true;
    }

    private boolean before(JsonToken token) {
        boolean isFirst = !hasBefore;
        hasBefore = true;
        return isFirst && (token == JsonToken.VALUE_NULL || token == JsonToken.VALUE_STRING);
    }

    private boolean operation(JsonParser parser, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING || operation != null) {
            return false;
        }
        operation = parser.getText();
        return true;
    }

    private boolean source(JsonParser parser, JsonToken start) throws IOException {
        if (start != JsonToken.START_OBJECT || hasSource) {
            return false;
        }
        hasSource = true;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            boolean isUsual = switch (name) {
                case "ts_ms" -> time(parser, token);
                case "ord" -> ordinal(parser, token);
                case "collection" -> collection(token);
                default -> skip(parser, token);
            };
            if (!isUsual) {
                return false;
            }
        }
        return parser.currentToken() == JsonToken.END_OBJECT;
    }

    private boolean time(JsonParser parser, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT || time != null) {
            return false;
        }
        time = parser.getLongValue();
        return true;
    }

    private boolean ordinal(JsonParser parser, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT || ordinal != null) {
            return false;
        }
        long value = parser.getLongValue();
        ordinal = (int) value;
        return value == (int) value;
    }

    private boolean collection(JsonToken token) {
        boolean isFirst = !hasCollection;
        hasCollection = true;
        return isFirst && token == JsonToken.VALUE_STRING;
    }

    /** Steps over a value, and looks at all numbers in it, because there are some that are refused. */
    private static boolean skip(JsonParser parser, JsonToken first) throws IOException {
        int depth = 0;
        for (JsonToken token = first; token != null; token = parser.nextToken()) {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_NUMBER_INT) {
                parser.getLongValue();
            }
            if (depth == 0) {
                return true;
            }
        }
        return false;
    }
}
