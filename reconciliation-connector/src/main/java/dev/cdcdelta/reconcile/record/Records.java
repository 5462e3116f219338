package dev.cdcdelta.reconcile.record;

import dev.cdcdelta.reconcile.config.ReconcileSettings;
import dev.cdcdelta.reconcile.finding.Finding;
import dev.cdcdelta.reconcile.finding.Sides;
import dev.cdcdelta.reconcile.finding.TableRow;
import dev.cdcdelta.reconcile.range.ContentHash;
import dev.cdcdelta.smt.key.DocumentKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Makes the records of one run of one collection. */
public final class Records {
    private final ReconcileSettings.Topics topics;
    private final ReconcileSettings.Redaction redaction;
    private final Subject subject;

    /** What is looked at. */
    public record Subject(String run, String database, String collection, String table, int ranges) {}

    /** What is known of a finding beside it. */
    public record Details(Repair repair, List<String> paths, List<String> sourceValues, List<String> tableValues) {
        public Details {
            paths = List.copyOf(paths);
            sourceValues = List.copyOf(sourceValues);
            tableValues = List.copyOf(tableValues);
        }
    }

    /** What is done about a finding: {@code off}, {@code planned}, {@code sent}, {@code verified}, {@code failed}, {@code refused}. */
    public record Repair(String state, Optional<String> detail) {}

    public Records(ReconcileSettings settings, Subject subject) {
        this.topics = settings.topics();
        this.redaction = settings.redaction();
        this.subject = subject;
    }

    public SourceRecord finding(Finding finding, Details details) {
        String key = shown(finding.key());
        Struct recordKey = subject(RecordSchemas.FINDING_KEY).put("key", key);
        Sides sides = finding.sides();
        Optional<TableRow> row = sides.rows().stream().findFirst();
        boolean values = redaction == ReconcileSettings.Redaction.NONE;
        Struct value = subject(RecordSchemas.FINDING)
                .put("table", subject.table())
                .put("key", key)
                .put("class", finding.kind().word())
                .put("range", finding.range())
                .put("source_hash", sides.source().map(ContentHash::toString).orElse(null))
                .put(
                        "table_hash",
                        row.map(TableRow::hash).map(ContentHash::toString).orElse(null))
                .put("rows", sides.rows().size())
                .put(
                        "row_source_time_ms",
                        row.map(TableRow::sourceMicros)
                                .map(micros -> Math.floorDiv(micros, 1000L))
                                .orElse(null))
                .put("row_source_ordinal", row.map(TableRow::ordinal).orElse(null))
                .put("operation_time", finding.operationTime())
                .put("table_version", finding.tableVersion())
                .put("paths", details.paths())
                .put("source_values", values ? details.sourceValues() : null)
                .put("table_values", values ? details.tableValues() : null)
                .put("repair", details.repair().state())
                .put("detail", details.repair().detail().orElse(null));
        return record(
                Places.ofFindings(subject.collection()),
                Map.of("run", subject.run()),
                topics.findings(),
                recordKey,
                value);
    }

    /** With this record, the range is done. */
    public SourceRecord progress(int range, RangeResult result) {
        Struct key = new Struct(RecordSchemas.PROGRESS_KEY)
                .put("database", subject.database())
                .put("collection", subject.collection())
                .put("range", range);
        Struct value = counts(subject(RecordSchemas.PROGRESS), result)
                .put("range", range)
                .put("ranges", subject.ranges());
        return record(
                Places.ofRange(subject.collection(), range),
                Places.done(subject.run(), result),
                topics.progress(),
                key,
                value);
    }

    /** With this record, the collection is done. */
    public SourceRecord report(RangeResult all) {
        double seconds = Math.max(1, all.endedMillis() - all.startedMillis()) / 1000.0;
        Struct value = counts(subject(RecordSchemas.REPORT), all)
                .put("table", subject.table())
                .put("verdict", all.verdict())
                .put("ranges", subject.ranges())
                .put(
                        "verified_through_ms",
                        all.verifiedThrough().isPresent()
                                ? (Long) all.verifiedThrough().getAsLong()
                                : null)
                .put("documents_per_second", all.documents() / seconds)
                .put("bytes_per_second", all.bytes() / seconds);
        return record(
                Places.ofReport(subject.collection()),
                Places.done(subject.run(), all),
                topics.reports(),
                subject(RecordSchemas.REPORT_KEY),
                value);
    }

    private Struct subject(Schema schema) {
        return new Struct(schema)
                .put("run", subject.run())
                .put("database", subject.database())
                .put("collection", subject.collection());
    }

    private static Struct counts(Struct struct, RangeResult result) {
        result.fields().forEach(struct::put);
        return struct;
    }

    private static SourceRecord record(
            Map<String, String> partition, Map<String, Object> offset, String topic, Struct key, Struct value) {
        return new SourceRecord(partition, offset, topic, null, key.schema(), key, value.schema(), value);
    }

    private String shown(DocumentKey key) {
        if (redaction != ReconcileSettings.Redaction.KEYS) {
            return key.canonical();
        }
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return "sha256:"
                    + HexFormat.of().formatHex(sha.digest(key.canonical().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
