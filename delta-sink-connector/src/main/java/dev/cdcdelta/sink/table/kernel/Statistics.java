package dev.cdcdelta.sink.table.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The {@code stats} text of an add action; whatever it says beside what we change is kept, to the digit. */
final class Statistics {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private Statistics() {}

    static String withWideBounds(String statistics) {
        return parse(statistics).put("tightBounds", false).toString();
    }

    /** A file with a deletion vector must state its number of rows (PROTOCOL.md, Writer Requirements for Deletion Vectors). */
    static String withRowCount(Optional<String> statistics, long rows) {
        ObjectNode node = statistics.map(Statistics::parse).orElseGet(JSON::createObjectNode);
        return node.has("numRecords") && statistics.isPresent()
                ? statistics.get()
                : node.put("numRecords", rows).toString();
    }

    private static ObjectNode parse(String statistics) {
        try {
            return (ObjectNode) JSON.readTree(statistics);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the Delta log holds statistics that are no JSON object: " + statistics, e);
        }
    }
}
