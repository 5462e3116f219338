package dev.cdcdelta.sink.change;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Values that Kafka holds as JSON and that the byte-array converter hands on as they are. They are read here in one pass, into what Connect's JSON converter
 * without schemas would give, which builds a tree of the JSON first.
 */
public final class EnvelopeBytes {
    /** Documents of 16 MB are longer as text than Jackson takes by itself. Kafka bounds the record. */
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final String SCHEMA = "schema";
    private static final String PAYLOAD = "payload";

    private EnvelopeBytes() {}

    /**
     * The record with its value read. A record whose value is no bytes stays as it is.
     *
     * @throws DataException if the bytes are no JSON
     */
    public static SinkRecord read(SinkRecord record) {
        return record.value() instanceof byte[] bytes
                ? record.newRecord(
                        record.topic(),
                        record.kafkaPartition(),
                        record.keySchema(),
                        record.key(),
                        null,
                        value(bytes),
                        record.timestamp())
                : record;
    }

    private static @Nullable Object value(byte[] bytes) {
        try (JsonParser parser = JSON.createParser(bytes)) {
            Object value = parser.nextToken() == null ? null : value(parser);
            if (parser.nextToken() != null) {
                throw new DataException("The value is bytes that are JSON and something behind it, at byte "
                        + parser.currentTokenLocation().getByteOffset()
                        + ". Check what else writes to the topic");
            }
            return payload(value);
        } catch (JsonProcessingException e) {
            // The cause is left out because its message quotes the document.
            throw new DataException("The value is bytes that are no JSON, at byte " + offset(e)
                    + ". With value.converter=org.apache.kafka.connect.converters.ByteArrayConverter the topic must hold JSON;"
                    + " for Avro, take the converter that the source connector writes with");
        } catch (IOException e) {
            throw new DataException(
                    "The value's bytes cannot be read as JSON: " + e.getClass().getName());
        }
    }

    private static long offset(JsonProcessingException e) {
        return e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
    }

    /** Without the schema, where the JSON converter wrote one. */
    private static @Nullable Object payload(@Nullable Object value) {
        return value instanceof Map<?, ?> map && map.size() == 2 && map.containsKey(SCHEMA) && map.containsKey(PAYLOAD)
                ? map.get(PAYLOAD)
                : value;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> fields = new HashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return elements;
    }
}
