package dev.cdcdelta.worker.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cdcdelta.worker.route.Content;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The connector configuration in the body of a request.
 *
 * @param name of the connector, as the body has it
 * @param configuration keys with their values; a removed key has the empty text
 * @param canonical the body written anew from what was read, so that the worker cannot read it otherwise
 */
public record RequestBody(Optional<String> name, Map<String, String> configuration, byte[] canonical) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** @return empty where the body is not what the route takes */
    public static Optional<RequestBody> parse(Content content, byte[] body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory cannot be read.", e);
        }
        JsonNode configuration = content == Content.CREATION ? root.path("config") : root;
        boolean isAbsent = configuration instanceof MissingNode || configuration.isNull();
        if (!root.isObject() || !configuration.isObject() && !(content == Content.CREATION && isAbsent)) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : configuration.properties()) {
            if (field.getValue().isContainerNode()) {
                return Optional.empty();
            }
            values.put(
                    field.getKey(),
                    field.getValue().isNull() ? "" : field.getValue().asText());
        }
        return Optional.of(new RequestBody(name(content, root, values), values, write(root)));
    }

    private static Optional<String> name(Content content, JsonNode root, Map<String, String> values) {
        JsonNode name = root.path("name");
        return content == Content.CREATION && name.isTextual()
                ? Optional.of(name.asText())
                : Optional.ofNullable(values.get("name"));
    }

    private static byte[] write(JsonNode root) {
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree that was read cannot be written.", e);
        }
    }
}
