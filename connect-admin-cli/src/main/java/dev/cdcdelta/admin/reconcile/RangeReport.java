package dev.cdcdelta.admin.reconcile;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A range that is done.
 *
 * @param range its number in the plan, in the order of the keys
 * @param ranges of the collection
 */
public record RangeReport(String run, String database, String collection, int range, int ranges, Counts counts) {
    static RangeReport of(JsonNode record) {
        return new RangeReport(
                record.path("run").asText(),
                record.path("database").asText(),
                record.path("collection").asText(),
                record.path("range").asInt(),
                record.path("ranges").asInt(),
                Counts.of(record));
    }
}
