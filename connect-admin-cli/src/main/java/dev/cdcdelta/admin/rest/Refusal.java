package dev.cdcdelta.admin.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;

/** An error answer of Connect, {@code {"error_code": 500, "message": "…"}}, as problem, cause and remedy. */
final class Refusal {
    private static final int LONGEST_REASON = 2000;

    private Refusal() {}

    static CommandException of(String address, String request, int status, String body) {
        String reason = reason(body);
        String problem = "Kafka Connect at " + address + " answered " + status + " to " + request + ".";
        return new CommandException(code(status), problem, reason, remedy(status, reason));
    }

    /** A conflict that asking again does not end: not one of a cluster that rebalances. */
    static boolean isLasting(String body) {
        return reason(body).contains("already exists");
    }

    private static ExitCode code(int status) {
        return status == 502 || status == 503 || status == 504 ? ExitCode.UNREACHABLE : ExitCode.REFUSED;
    }

    private static String remedy(int status, String reason) {
        if (reason.contains("Failed to find any class that implements Connector")) {
            return "Unpack the plugin into a directory of the workers' plugin.path and restart them; see 'health'.";
        }
        if (reason.contains("already exists")) {
            return "Use 'connector update', or another name.";
        }
        return switch (status) {
            case 400, 422 -> "Correct the configuration; --dry-run shows it.";
            case 401, 403 ->
                "Give credentials with the right role: a context that logs in ('context add'), or CONNECT_TOKEN.";
            case 409 -> "The cluster is still rebalancing; wait for it to settle ('health') and run the command again.";
            case 502, 503, 504 -> "Wait until the worker has started ('health') and run the command again.";
            default -> "See the worker's log for the stack trace, then run the command again.";
        };
    }

    private static String reason(String body) {
        String text = body.strip();
        try {
            JsonNode answer = new ObjectMapper().readTree(text);
            if (answer != null && answer.hasNonNull("message")) {
                text = answer.get("message").asText();
            }
        } catch (JsonProcessingException e) {
            text = text.replaceAll("(?s)<[^>]*>", " ").replaceAll("\\s+", " ").strip();
        }
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + " …";
    }
}
