package dev.cdcdelta.sink.config;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;

/** The keys of the sink connector. */
public final class SinkConfigDef {
    public static final String WAREHOUSE = "warehouse";
    public static final String TOPIC_PATTERN = "topic.pattern";
    public static final String TABLE_NAME = "table.name";
    public static final String TABLE_NAME_FIELD = "table.name.field";
    public static final String APPEND_TABLE_NAME = "append.table.name";
    public static final String PARTITION_BY = "table.partition.by";
    public static final String CLUSTER_BY = "table.cluster.by";
    public static final String STORAGE_VALIDATE = "storage.validate";
    public static final String WRITE_MODE = "write.mode";
    public static final String DELETE_MODE = "delete.mode";
    public static final String MERGE_MODE = "merge.mode";
    public static final String UPDATE_MODE = "update.mode";
    public static final String DOCUMENT_TEXT = "document.text";
    public static final String SCHEMA_EVOLUTION = "schema.evolution";
    public static final String CONFLICT_POLICIES = "conflict.policies";
    public static final String SCHEMA_HINTS = "schema.hints";
    public static final String DECIMAL_MODE = "decimal.mode";
    public static final String MAX_DEPTH = "schema.max.depth";
    public static final String MAX_COLUMNS = "schema.max.columns";
    public static final String CONFLICT_POLICY = "conflict.policy";
    public static final String COMMIT_INTERVAL = "commit.interval.ms";
    public static final String COMMIT_MAX_ROWS = "commit.max.rows";
    public static final String COMMIT_RETRY_TIMEOUT = "commit.retry.timeout.ms";
    public static final String BUFFER_MAX_BYTES = "buffer.max.bytes";
    public static final String FLUSH_THREADS = "flush.threads";
    public static final String FILE_TARGET_BYTES = "file.target.bytes";
    public static final String OFFSET_GAP_POLICY = "offset.gap.policy";
    public static final String STATE_DIRECTORY = "state.dir";
    public static final String INDEX_SCOPE = "index.scope";
    public static final String DELETE_RETENTION = "delete.retention.ms";
    public static final String COMPACTION_ENABLED = "compaction.enabled";
    public static final String COMPACTION_INTERVAL = "compaction.interval.ms";
    public static final String COMPACTION_TARGET_BYTES = "compaction.target.file.bytes";
    public static final String COMPACTION_MAX_PAUSE = "compaction.max.pause.ms";
    public static final String VACUUM_ENABLED = "vacuum.enabled";
    public static final String VACUUM_RETENTION = "vacuum.retention.ms";

    /** What begins with these is passed on, without them. */
    public static final String TABLE_PROPERTIES = "table.properties.";

    public static final String HADOOP = "hadoop.";

    /** Families of keys whose ends are not ours to list. */
    static final List<KeyFamily> FAMILIES = List.of(
            new KeyFamily(
                    TABLE_PROPERTIES,
                    "Delta table properties of the tables that the connector creates, such as"
                            + " `table.properties.delta.logRetentionDuration`. Existing tables keep theirs."),
            new KeyFamily(
                    HADOOP,
                    "Settings of the file system, such as `hadoop.fs.s3a.endpoint`, `hadoop.fs.s3a.access.key` and"
                            + " `hadoop.fs.s3a.secret.key`. Values that look like secrets are never logged; give them through a"
                            + " configuration provider of the worker."));

    static final ConfigDef DEFINITION = define();

    record KeyFamily(String prefix, String documentation) {}

    private SinkConfigDef() {}

    /** A copy of the definition. */
    public static ConfigDef definition() {
        return new ConfigDef(DEFINITION);
    }

    private static ConfigDef define() {
        ConfigDef definition = new ConfigDef();
        TableKeys.define(definition);
        WriteKeys.define(definition);
        SchemaKeys.define(definition);
        CommitKeys.define(definition);
        IndexKeys.define(definition);
        UpkeepKeys.define(definition);
        return definition;
    }
}
