package dev.cdcdelta.bench.limits;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads an envelope and the document in it token by token, looks at every value and keeps none. */
final class EnvelopeScan {
    private final JsonFactory json = new JsonFactory();

    /** @return a number that depends on every value, so that none is skipped */
    long scan(byte[] value) throws IOException {
        long seen = 0;
        try (JsonParser parser = json.createParser(value)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && "after".equals(parser.currentName())) {
                    seen += document(parser.getText());
                } else {
                    seen += weight(parser, token);
                }
            }
        }
        return seen;
    }

    private long document(String text) throws IOException {
        long seen = 0;
        try (JsonParser parser = json.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                seen += weight(parser, token);
            }
        }
        return seen;
    }

    private static long weight(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> parser.getText().length();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> (long) parser.getDoubleValue();
            default -> 1;
        };
    }
}
