package dev.cdcdelta.worker.mask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The message of an error. Where a value came from a config provider, ConfigException quotes what it resolved to; the
 * line is then cut down to the key.
 *
 * @param sent the configuration in the request
 */
record ErrorMask(Map<String, String> sent) {
    private static final Pattern QUOTED =
            Pattern.compile("Invalid value .* for configuration ([^\\s:]+).*", Pattern.DOTALL);

    ObjectNode apply(ObjectNode error) {
        boolean hasReferences = sent.values().stream().anyMatch(References::isIn);
        String message = AnswerMask.withoutPasswords(error.path("message").asText());
        error.put(
                "message", hasReferences ? message.lines().map(this::line).collect(Collectors.joining("\n")) : message);
        return error;
    }

    private String line(String line) {
        Matcher matcher = QUOTED.matcher(line);
        if (!matcher.matches()) {
            return line;
        }
        String key = matcher.group(1);
        return References.isIn(sent.getOrDefault(key, ""))
                ? "Invalid value " + AnswerMask.MASK + " for configuration " + key
                        + ": what the config provider gave is not accepted."
                : line;
    }
}
