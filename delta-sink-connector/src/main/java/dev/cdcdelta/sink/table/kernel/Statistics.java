package dev.cdcdelta.sink.table.kernel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The {@code stats} text of an add action; whatever it says beside what we change is kept to the letter, {@code -0.0} too. */
final class Statistics {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String TIGHT_BOUNDS = "tightBounds";
    private static final String ROW_COUNT = "numRecords";

    private Statistics() {}

    /** {@code numRecords}, or empty if the text does not say. */
    static Optional<Long> rowCount(String path, String statistics) {
        try (JsonParser in = JSON.createParser(statistics)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw unreadable(path);
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = in.currentName().equals(ROW_COUNT);
                JsonToken value = in.nextToken();
                if (wanted && value == JsonToken.VALUE_NUMBER_INT) {
                    return Optional.of(in.getLongValue());
                }
                in.skipChildren();
            }
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(path);
        }
    }

    static String withWideBounds(String path, String statistics) {
        return edit(path, statistics, TIGHT_BOUNDS, out -> out.writeBooleanField(TIGHT_BOUNDS, false));
    }

    /** A file with a deletion vector must state its number of rows (PROTOCOL.md, Writer Requirements for Deletion Vectors). */
    static String withRowCount(String path, Optional<String> statistics, long rows) {
        return edit(path, statistics.orElse("{}"), ROW_COUNT, out -> out.writeNumberField(ROW_COUNT, rows));
    }

    private interface Field {
        void write(JsonGenerator out) throws IOException;
    }

    private static String edit(String path, String statistics, String replaced, Field field) {
        StringWriter text = new StringWriter();
        try (JsonParser in = JSON.createParser(statistics);
                JsonGenerator out = JSON.createGenerator(text)) {
            in.nextToken();
            out.writeStartObject();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                if (name.equals(replaced)) {
                    in.skipChildren();
                } else {
                    out.writeFieldName(name);
                    copyValue(in, out);
                }
            }
            field.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw unreadable(path);
        }
        return text.toString();
    }

    /** Without a cause: the parsers quote the text, which holds values of documents. */
    private static UncheckedIOException unreadable(String path) {
        return new UncheckedIOException(
                new IOException("the statistics of the file " + path + " in the Delta log are no JSON object"));
    }

    private static void copyValue(JsonParser in, JsonGenerator out) throws IOException {
        int depth = 0;
        do {
            JsonToken token = depth == 0 ? in.currentToken() : in.nextToken();
            if (token.isNumeric()) {
                out.writeNumber(in.getText());
            } else {
                out.copyCurrentEvent(in);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0);
    }
}
