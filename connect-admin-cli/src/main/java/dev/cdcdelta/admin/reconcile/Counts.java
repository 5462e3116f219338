package dev.cdcdelta.admin.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was compared in a range or a collection.
 *
 * @param documents that MongoDB held
 * @param bytes of them, as BSON
 * @param rows that the table held
 * @param findings by class, in {@link #CLASSES}' order; those of none are 0
 * @param unexamined suspects beyond the limit
 * @param repaired findings whose repair was seen in the table
 * @param failure why nothing could be said; empty if something could
 */
public record Counts(
        long documents,
        long bytes,
        long rows,
        Map<String, Long> findings,
        long unexamined,
        long repaired,
        Instant started,
        Instant ended,
        String failure) {
    /** As docs/explanation/reconciliation.md lists them. */
    public static final List<String> CLASSES = List.of("missing", "extra", "different", "duplicate", "hot");

    static Counts of(JsonNode record) {
        Map<String, Long> findings = new LinkedHashMap<>();
        CLASSES.forEach(kind -> findings.put(kind, record.path(kind).asLong()));
        return new Counts(
                record.path("documents").asLong(),
                record.path("bytes").asLong(),
                record.path("rows").asLong(),
                findings,
                record.path("unexamined").asLong(),
                record.path("repaired").asLong(),
                Instant.ofEpochMilli(record.path("started_ms").asLong()),
                Instant.ofEpochMilli(record.path("ended_ms").asLong()),
                record.hasNonNull("failure") ? record.path("failure").asText() : "");
    }

    public long found() {
        return findings.values().stream().mapToLong(Long::longValue).sum();
    }

    public double seconds() {
        return Math.max(1, ended.toEpochMilli() - started.toEpochMilli()) / 1000.0;
    }
}
