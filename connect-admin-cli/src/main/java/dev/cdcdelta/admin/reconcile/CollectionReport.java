package dev.cdcdelta.admin.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run says of one collection.
 *
 * @param verifiedThrough the table is right as of then; null where the verdict says less
 */
public record CollectionReport(
        String run,
        String database,
        String collection,
        String table,
        Verdict verdict,
        int ranges,
        long tableVersion,
        @Nullable Instant verifiedThrough,
        Counts counts) {
    static CollectionReport of(JsonNode record) {
        return new CollectionReport(
                record.path("run").asText(),
                record.path("database").asText(),
                record.path("collection").asText(),
                record.path("table").asText(),
                Verdict.of(record.path("verdict").asText()),
                record.path("ranges").asInt(),
                record.path("table_version").asLong(),
                record.path("verified_through_ms").isIntegralNumber()
                        ? Instant.ofEpochMilli(record.path("verified_through_ms").asLong())
                        : null,
                Counts.of(record));
    }
}
