package dev.cdcdelta.sink.metrics;

import static dev.cdcdelta.sink.metrics.SinkMetric.Kind.COUNTER;
import static dev.cdcdelta.sink.metrics.SinkMetric.Kind.GAUGE;
import static dev.cdcdelta.sink.metrics.SinkMetric.Scope.BOTH;
import static dev.cdcdelta.sink.metrics.SinkMetric.Scope.REASON;
import static dev.cdcdelta.sink.metrics.SinkMetric.Scope.TABLE;
import static dev.cdcdelta.sink.metrics.SinkMetric.Scope.TASK;

/** The catalogue of what a sink task tells of itself. The reference page is made from it. */
public enum SinkMetric {
    LAG(
            "replication-lag-seconds",
            BOTH,
            GAUGE,
            "seconds",
            "Age of the newest committed change: now less its source time. 0 once all that was read is committed, nothing is paused and Kafka has"
                    + " brought nothing for five seconds; NaN while no source time is known. Of the task: that of the table that is furthest behind"),
    SOURCE_TIME(
            "newest-source-time-seconds",
            TABLE,
            GAUGE,
            "seconds since the epoch",
            "Source time of the newest committed change of the task's partitions; NaN while none is known"),
    RECORDS(
            "records-total",
            TASK,
            COUNTER,
            "records",
            "Records that Kafka brought, those included that were read again after a rewind"),
    ROWS("rows-total", BOTH, COUNTER, "rows", "Rows written by commits"),
    DELETES("deletes-total", BOTH, COUNTER, "keys", "Deletes committed, whether or not the table held a row"),
    REPLACED("replaced-rows-total", BOTH, COUNTER, "rows", "Stored rows that commits replaced or deleted in place"),
    STALE(
            "stale-events-total",
            BOTH,
            COUNTER,
            "changes",
            "Changes that were ignored because the table, or another of the same batch, was ahead of them"),
    BYTES("bytes-total", BOTH, COUNTER, "bytes", "Size of the data files that commits added"),
    FILES("files-written-total", BOTH, COUNTER, "files", "Data files that commits added"),
    COMMITS("commits-total", BOTH, COUNTER, "commits", "Flushes that became durable"),
    COMMIT_TIME(
            "commit-time-ms-total",
            BOTH,
            COUNTER,
            "milliseconds",
            "Time that these flushes took, from the plan to the log, lost races included"),
    LAST_COMMIT_TIME("last-commit-time-ms", BOTH, GAUGE, "milliseconds", "Time that the last flush took"),
    LAST_COMMIT_ROWS("last-commit-rows", BOTH, GAUGE, "rows", "Rows that the last flush wrote"),
    RETRIES(
            "commit-retries-total",
            TASK,
            COUNTER,
            "flushes",
            "Flushes tried again because the storage had failed them"),
    CONFLICTS("commit-conflicts-total", TASK, COUNTER, "races", "Races for a table's next version that were lost"),
    REWINDS(
            "rewinds-total",
            TASK,
            COUNTER,
            "flushes",
            "Flushes given up because another owner was ahead, so that their records were read again"),
    SCHEMA_CHANGES("schema-changes-total", BOTH, COUNTER, "commits", "Commits that changed the table's columns"),
    TABLE_VERSION("table-version", TABLE, GAUGE, "version", "Version of the table as the task last saw it"),
    LIVE_FILES("live-files", TABLE, GAUGE, "files", "Data files of that version"),
    LIVE_BYTES("live-bytes", TABLE, GAUGE, "bytes", "Their size"),
    LIVE_ROWS("live-rows", TABLE, GAUGE, "rows", "Rows in them that are not deleted"),
    DEAD_ROWS("dead-rows", TABLE, GAUGE, "rows", "Rows in them that deletion vectors mark as deleted"),
    DELETION_VECTORS("deletion-vectors", TABLE, GAUGE, "files", "How many of them have a deletion vector"),
    INDEX_ENTRIES(
            "index-entries",
            BOTH,
            GAUGE,
            "keys",
            "Keys that the task's key index knows since the last commit, remembered deletes included"),
    INDEX_LOOKUPS(
            "index-lookups-total",
            BOTH,
            COUNTER,
            "keys",
            "Keys that commits looked up in the key index; 0 for tables of events"),
    INDEX_HITS("index-hits-total", BOTH, COUNTER, "keys", "How many of them had a row in the table"),
    BUFFER_BYTES(
            "buffer-bytes",
            TASK,
            GAUGE,
            "bytes",
            "Estimated heap of what is buffered and being flushed, as of the last poll"),
    BUFFER_LIMIT("buffer-limit-bytes", TASK, GAUGE, "bytes", "`buffer.max.bytes`, past which partitions are paused"),
    PAUSED(
            "paused-partitions",
            TASK,
            GAUGE,
            "partitions",
            "Partitions that are paused, for memory or because storage fails"),
    PAUSES("pauses-total", TASK, COUNTER, "partitions", "How often a partition was paused"),
    DEAD_LETTERS(
            "dead-letters-total",
            REASON,
            COUNTER,
            "records",
            "Records refused, by `reason`: `no-table` (it names none), `unreadable` (no change of a document), `no-row` (its document fits no row"
                    + " of the table) or `update` (an update that cannot be applied)"),
    TABLES_OPEN("tables-open", TASK, GAUGE, "tables", "Tables that the task feeds"),
    TABLES_UNLISTED(
            "tables-unlisted",
            TASK,
            GAUGE,
            "tables",
            "How many of them have no metrics of their own, because a task lists 100 tables; the task's totals count all"),
    COMPACTIONS("compactions-total", TASK, COUNTER, "compactions", "Compactions that came into their table"),
    COMPACTIONS_ABANDONED(
            "compactions-abandoned-total",
            TASK,
            COUNTER,
            "compactions",
            "Compactions whose files another writer had changed meanwhile"),
    COMPACTIONS_FAILED(
            "compactions-failed-total", TASK, COUNTER, "compactions", "Compactions that failed; they are tried again"),
    COMPACTED_ROWS("compacted-rows-total", TASK, COUNTER, "rows", "Rows that compactions wrote anew"),
    COMPACTED_FILES("compacted-files-total", TASK, COUNTER, "files", "Files that compactions took out of tables"),
    COMPACTION_FILES("compaction-files-total", TASK, COUNTER, "files", "Files that compactions put in their place");

    /** Of what a metric is told, beside the worker's tags {@code connector} and {@code task}. */
    public enum Scope {
        TASK,
        /** Tag {@code table}. */
        TABLE,
        /** Once for the task, and once for each table that it lists. */
        BOTH,
        /** Tag {@code reason}. */
        REASON
    }

    /** How its values follow each other. */
    public enum Kind {
        /** Grows from 0 at the task's start. */
        COUNTER,
        GAUGE
    }

    private final String label;
    private final Scope scope;
    private final Kind kind;
    private final String unit;
    private final String description;

    SinkMetric(String label, Scope scope, Kind kind, String unit, String description) {
        this.label = label;
        this.scope = scope;
        this.kind = kind;
        this.unit = unit;
        this.description = description;
    }

    /** The name of the JMX attribute. */
    public String label() {
        return label;
    }

    public Scope scope() {
        return scope;
    }

    public Kind kind() {
        return kind;
    }

    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }
}
