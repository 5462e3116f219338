package dev.cdcdelta.reconcile.record;

import dev.cdcdelta.reconcile.finding.FindingClass;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bson.BsonTimestamp;

/**
 * What came of one range, or of all of a collection.
 *
 * @param documents that MongoDB held
 * @param bytes of them, as BSON
 * @param rows that the table held
 * @param findings by class
 * @param unexamined documents beyond the limit on findings
 * @param repaired findings whose repair was seen in the table
 * @param operationTime that the table was brought up to, as a BSON timestamp's 64 bits
 * @param version of the table; -1 if there is none
 * @param failure why nothing could be said; empty if something could
 */
public record RangeResult(
        long documents,
        long bytes,
        long rows,
        Map<FindingClass, Long> findings,
        long unexamined,
        long repaired,
        long operationTime,
        long version,
        long startedMillis,
        long endedMillis,
        Optional<String> failure) {
    public RangeResult {
        findings = Map.copyOf(findings);
    }

    public long findingsOf(FindingClass kind) {
        return findings.getOrDefault(kind, 0L);
    }

    /** All of both; the older operation time and version. */
    public RangeResult plus(RangeResult other) {
        Map<FindingClass, Long> sums = new LinkedHashMap<>(findings);
        other.findings.forEach((kind, count) -> sums.merge(kind, count, Long::sum));
        return new RangeResult(
                documents + other.documents,
                bytes + other.bytes,
                rows + other.rows,
                sums,
                unexamined + other.unexamined,
                repaired + other.repaired,
                Long.compareUnsigned(operationTime, other.operationTime) < 0 ? operationTime : other.operationTime,
                Math.min(version, other.version),
                Math.min(startedMillis, other.startedMillis),
                Math.max(endedMillis, other.endedMillis),
                failure.or(other::failure));
    }

    /** {@code clean}, {@code repaired}, {@code discrepancies}, {@code unverified} or {@code failed}. */
    public String verdict() {
        if (failure.isPresent()) {
            return "failed";
        }
        long wrong = findings.values().stream().mapToLong(Long::longValue).sum() - findingsOf(FindingClass.HOT);
        if (wrong > repaired) {
            return "discrepancies";
        }
        if (findingsOf(FindingClass.HOT) + unexamined > 0) {
            return "unverified";
        }
        return wrong > 0 ? "repaired" : "clean";
    }

    /** Milliseconds since the epoch as of which the table is right; empty where the verdict does not say so. */
    public OptionalLong verifiedThrough() {
        boolean verified = verdict().equals("clean") || verdict().equals("repaired");
        return verified
                ? OptionalLong.of(Integer.toUnsignedLong(new BsonTimestamp(operationTime).getTime()) * 1000)
                : OptionalLong.empty();
    }

    /** As a source offset, and as it is read from one. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("documents", documents);
        fields.put("bytes", bytes);
        fields.put("rows", rows);
        for (FindingClass kind : FindingClass.values()) {
            fields.put(kind.word(), findingsOf(kind));
        }
        fields.put("unexamined", unexamined);
        fields.put("repaired", repaired);
        fields.put("operation_time", operationTime);
        fields.put("table_version", version);
        fields.put("started_ms", startedMillis);
        fields.put("ended_ms", endedMillis);
        failure.ifPresent(reason -> fields.put("failure", reason));
        return fields;
    }

    static RangeResult of(Map<String, Object> fields) {
        Map<FindingClass, Long> findings = new LinkedHashMap<>();
        for (FindingClass kind : FindingClass.values()) {
            findings.put(kind, number(fields, kind.word()));
        }
        return new RangeResult(
                number(fields, "documents"),
                number(fields, "bytes"),
                number(fields, "rows"),
                findings,
                number(fields, "unexamined"),
                number(fields, "repaired"),
                number(fields, "operation_time"),
                number(fields, "table_version"),
                number(fields, "started_ms"),
                number(fields, "ended_ms"),
                Optional.ofNullable((String) fields.get("failure")));
    }

    private static long number(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
