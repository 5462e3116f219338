package dev.cdcdelta.admin.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;

/** What Connect's JsonConverter writes, with or without the schema around it. */
public final class JsonPayload {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonPayload() {}

    /** @throws JsonProcessingException if the bytes are no JSON */
    public static JsonNode of(byte[] bytes) throws JsonProcessingException {
        JsonNode node = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
        return node.has("schema") && node.has("payload") ? node.get("payload") : node;
    }
}
