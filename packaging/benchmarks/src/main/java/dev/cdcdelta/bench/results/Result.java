package dev.cdcdelta.bench.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/**
 * A line of the file of results.
 *
 * @param at when the suite ended
 * @param versions by product, {@code commit} among them
 * @param figures what the suite printed
 */
public record Result(String suite, Instant at, Machine machine, Map<String, String> versions, JsonNode figures) {
    /** Processors that others may have had. */
    public static final double QUIET = 0.05;

    public Result {
        versions = Map.copyOf(versions);
    }

    /** Whether the machine was the suite's own; suites that do not tell are taken at their word. */
    public boolean counts() {
        return figures.path("foreignCores").asDouble(0) <= QUIET;
    }
}
