package dev.cdcdelta.sink.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Where keys and deletes are remembered. */
final class IndexKeys {
    private IndexKeys() {}

    static void define(ConfigDef definition) {
        new KeyGroup(definition, "Key index")
                .key(
                        SinkConfigDef.STATE_DIRECTORY,
                        Type.STRING,
                        null,
                        null,
                        Importance.MEDIUM,
                        "A directory on the worker's own disk for the key indexes of its tasks. They are caches of the tables: what is lost is"
                                + " built again from them, which takes time after a restart, so set it to a disk that lasts. Without it,"
                                + " `mongodb-cdc-delta` in the system's directory for temporary files.",
                        "State directory")
                .key(
                        SinkConfigDef.INDEX_SCOPE,
                        Type.STRING,
                        "auto",
                        Choice.of("auto", "table"),
                        Importance.LOW,
                        "Which rows a task indexes. `auto`: those of its own topic partitions, and all of a topic once keys have moved between"
                                + " its partitions. `table`: all of the table, always.",
                        "Index scope")
                .key(
                        SinkConfigDef.DELETE_RETENTION,
                        Type.LONG,
                        604_800_000L,
                        Range.atLeast(0),
                        Importance.LOW,
                        "Milliseconds for which the table remembers a delete at least, so that an older event (a replayed dead letter, say) does not"
                                + " bring the document back.",
                        "Retention of deletes");
    }
}
