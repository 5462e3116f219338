package dev.cdcdelta.admin.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A finding.
 *
 * @param key the {@code _id}, as the connector's redaction lets it be seen
 * @param kind one of {@link Counts#CLASSES}
 * @param paths where the contents differ
 * @param repair what was done about it
 * @param detail of the repair; empty if there is nothing to say
 */
public record Difference(
        String run,
        String database,
        String collection,
        String key,
        String kind,
        int range,
        long rows,
        long tableVersion,
        List<String> paths,
        String repair,
        String detail) {
    static Difference of(JsonNode record) {
        List<String> paths = new ArrayList<>();
        record.path("paths").forEach(path -> paths.add(path.asText()));
        return new Difference(
                record.path("run").asText(),
                record.path("database").asText(),
                record.path("collection").asText(),
                record.path("key").asText(),
                record.path("class").asText(),
                record.path("range").asInt(),
                record.path("rows").asLong(),
                record.path("table_version").asLong(),
                paths,
                record.path("repair").asText(),
                record.hasNonNull("detail") ? record.path("detail").asText() : "");
    }

    /** A repaired finding is written again with its new state. */
    public record Identity(String run, String database, String collection, String key) {}

    public Identity identity() {
        return new Identity(run, database, collection, key);
    }
}
