package dev.cdcdelta.sink.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Modes and upkeep that do not go together. */
final class WriteCheck {
    private static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

    private final Map<String, String> properties;

    WriteCheck(Map<String, String> properties) {
        this.properties = properties;
    }

    void check(Findings findings) {
        String mode = lower(SinkConfigDef.WRITE_MODE, "upsert");
        if (mode.equals("history") && lower(SinkConfigDef.MERGE_MODE, "").equals("copy-on-write")) {
            findings.add(
                    SinkConfigDef.MERGE_MODE, "copy-on-write does not go with write.mode=history; use merge-on-read");
        }
        if (!mode.equals("upsert") && lower(SinkConfigDef.DELETE_MODE, "hard").equals("soft")) {
            findings.add(
                    SinkConfigDef.DELETE_MODE,
                    "soft goes with write.mode=upsert only: a table of '" + mode
                            + "' keeps a row of every delete as it is;" + " take it out");
        }
        if (mode.equals("append") && properties.containsKey(SinkConfigDef.APPEND_TABLE_NAME)) {
            findings.add(
                    SinkConfigDef.APPEND_TABLE_NAME,
                    "asks for a second table of events, but with write.mode=append 'table.name' is one already; take it out");
        }
        checkUpdates(mode, findings);
        if (properties.containsKey(SinkConfigDef.PARTITION_BY) && properties.containsKey(SinkConfigDef.CLUSTER_BY)) {
            findings.add(
                    SinkConfigDef.CLUSTER_BY,
                    "does not go with 'table.partition.by': Delta clusters only tables without partitions; take one out");
        }
        checkVacuum(findings);
    }

    /** Where a row must be known to be changed, there has to be a row, and a table before the row is known. */
    private void checkUpdates(String mode, Findings findings) {
        if (!lower(SinkConfigDef.UPDATE_MODE, "lookup").equals("apply")) {
            return;
        }
        if (mode.equals("append") || properties.containsKey(SinkConfigDef.APPEND_TABLE_NAME)) {
            findings.add(
                    SinkConfigDef.UPDATE_MODE,
                    "apply does not go with tables of events (write.mode=append, 'append.table.name'), which know no document"
                            + " to apply an update to; let the source look documents up and use lookup");
        }
        if (properties.containsKey(SinkConfigDef.TABLE_NAME_FIELD)) {
            findings.add(
                    SinkConfigDef.UPDATE_MODE,
                    "apply does not go with 'table.name.field': an update without its document does not tell the field, so"
                            + " not the table either; let the source look documents up and use lookup");
        }
    }

    private void checkVacuum(Findings findings) {
        String property = properties.get(TablePropertyCheck.DELETED_FILE_RETENTION);
        Optional<Duration> needed = property == null ? Optional.of(DEFAULT_RETENTION) : DeltaInterval.parse(property);
        String given = properties.get(SinkConfigDef.VACUUM_RETENTION);
        if (needed.isEmpty() || !lower(SinkConfigDef.VACUUM_ENABLED, "false").equals("true")) {
            return;
        }
        Duration retention;
        try {
            retention = given == null ? DEFAULT_RETENTION : Duration.ofMillis(Long.parseLong(given.strip()));
        } catch (NumberFormatException reportedByValidator) {
            return;
        }
        if (retention.compareTo(needed.get()) < 0) {
            findings.add(
                    SinkConfigDef.VACUUM_RETENTION,
                    "is shorter than delta.deletedFileRetentionDuration, "
                            + needed.get().toMillis()
                            + " ms, so that readers would lose files under their hands; raise it, or shorten"
                            + " 'table.properties.delta.deletedFileRetentionDuration' as well");
        }
    }

    private String lower(String key, String otherwise) {
        return properties.getOrDefault(key, otherwise).strip().toLowerCase(Locale.ROOT);
    }
}
