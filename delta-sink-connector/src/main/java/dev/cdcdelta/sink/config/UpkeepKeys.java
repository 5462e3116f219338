package dev.cdcdelta.sink.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** What keeps tables small and fast to read. */
final class UpkeepKeys {
    private UpkeepKeys() {}

    static void define(ConfigDef definition) {
        new KeyGroup(definition, "Upkeep")
                .key(
                        SinkConfigDef.COMPACTION_ENABLED,
                        Type.BOOLEAN,
                        true,
                        null,
                        Importance.MEDIUM,
                        "Whether small files, and files with many deleted rows, are rewritten into larger ones.",
                        "Compaction")
                .key(
                        SinkConfigDef.COMPACTION_INTERVAL,
                        Type.LONG,
                        300_000L,
                        Range.atLeast(1_000),
                        Importance.LOW,
                        "Milliseconds between two looks for files to be compacted.",
                        "Compaction interval")
                .key(
                        SinkConfigDef.COMPACTION_TARGET_BYTES,
                        Type.LONG,
                        128L << 20,
                        Range.between(4 << 10, 4L << 30),
                        Importance.LOW,
                        "Bytes of a compacted file, about.",
                        "Size of compacted files")
                .key(
                        SinkConfigDef.COMPACTION_MAX_PAUSE,
                        Type.LONG,
                        2_000L,
                        Range.atLeast(10),
                        Importance.LOW,
                        "Milliseconds for which a compaction may hold up a commit, at most; one that would take longer is given up.",
                        "Longest pause of a compaction")
                .key(
                        SinkConfigDef.VACUUM_ENABLED,
                        Type.BOOLEAN,
                        false,
                        null,
                        Importance.MEDIUM,
                        "Whether files that no version of the table within the retention needs are deleted.",
                        "Vacuum")
                .key(
                        SinkConfigDef.VACUUM_RETENTION,
                        Type.LONG,
                        604_800_000L,
                        Range.atLeast(0),
                        Importance.LOW,
                        "Milliseconds for which a file outlives the version that dropped it; at least the table property"
                                + " `delta.deletedFileRetentionDuration`, 7 days by default.",
                        "Vacuum retention");
    }
}
