package dev.cdcdelta.worker.mask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The answer to a validation. Connect resolves references to config providers and tells the result: each value goes back
 * to the reference, and what it resolved to is hidden wherever else it stands, as in the text of an error.
 *
 * @param sent the configuration in the request
 */
record ValidationMask(Map<String, String> sent) {
    JsonNode apply(JsonNode root) {
        // The longest first: one secret may be the beginning of another.
        TreeSet<String> resolved = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (JsonNode entry : root.path("configs")) {
            JsonNode value = entry.path("value");
            String raw = sent.getOrDefault(value.path("name").asText(), "");
            if (value instanceof ObjectNode object && References.isIn(raw)) {
                if (value.path("value").isTextual()
                        && !Objects.equals(raw, value.path("value").asText())) {
                    resolved.addAll(References.resolved(raw, value.path("value").asText()));
                }
                object.put("value", raw);
            }
        }
        resolved.removeIf(String::isBlank);
        return AnswerMask.texts(root, text -> hide(text, resolved));
    }

    private static String hide(String text, TreeSet<String> resolved) {
        String hidden = AnswerMask.withoutPasswords(text);
        for (String secret : resolved) {
            hidden = hidden.replace(secret, AnswerMask.MASK);
        }
        return hidden;
    }
}
