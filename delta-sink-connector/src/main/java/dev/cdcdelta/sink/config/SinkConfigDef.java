package dev.cdcdelta.sink.config;

import dev.cdcdelta.sink.routing.TableName;
import dev.cdcdelta.sink.routing.TopicPattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys of the sink connector. */
public final class SinkConfigDef {
    public static final String WAREHOUSE = "warehouse";
    public static final String TOPIC_PATTERN = "topic.pattern";
    public static final String TABLE_NAME = "table.name";
    public static final String WRITE_MODE = "write.mode";
    public static final String DELETE_MODE = "delete.mode";
    public static final String SCHEMA_EVOLUTION = "schema.evolution";
    public static final String CONFLICT_POLICY = "conflict.policy";
    public static final String COMMIT_INTERVAL = "commit.interval.ms";
    public static final String COMMIT_MAX_ROWS = "commit.max.rows";
    public static final String BUFFER_MAX_BYTES = "buffer.max.bytes";

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
        defineTables(definition);
        defineSchema(definition);
        defineCommits(definition);
        return definition;
    }

    private static void defineTables(ConfigDef definition) {
        String group = "Tables";
        definition
                .define(
                        WAREHOUSE,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new WarehouseValidator(),
                        Importance.HIGH,
                        "The place of all tables: `s3a://bucket/path`, or `file:///path` for a directory that all workers share.",
                        group,
                        1,
                        Width.LONG,
                        "Warehouse")
                .define(
                        TABLE_NAME,
                        Type.STRING,
                        TableName.DEFAULT,
                        new TableNameValidator(),
                        Importance.HIGH,
                        "The path of a topic's table in the warehouse. `${topic}`, `${database}` and `${collection}` stand for what"
                                + " the topic's name tells.",
                        group,
                        2,
                        Width.LONG,
                        "Table name")
                .define(
                        TOPIC_PATTERN,
                        Type.STRING,
                        TopicPattern.DEBEZIUM,
                        new TopicPatternValidator(),
                        Importance.MEDIUM,
                        "A regular expression that the whole name of a topic matches, with groups named `database` and `collection`."
                                + " The default reads the names that Debezium's MongoDB connector gives:"
                                + " `<prefix>.<database>.<collection>`.",
                        group,
                        3,
                        Width.LONG,
                        "Topic pattern")
                .define(
                        WRITE_MODE,
                        Type.STRING,
                        "upsert",
                        new Choice(
                                Set.of("upsert"),
                                Map.of("append", "not available yet", "history", "not available yet")),
                        Importance.MEDIUM,
                        "How changes are written. `upsert`: the table holds each document once, as it is now.",
                        group,
                        4,
                        Width.SHORT,
                        "Write mode")
                .define(
                        DELETE_MODE,
                        Type.STRING,
                        "hard",
                        new Choice(Set.of("hard"), Map.of("soft", "not available yet")),
                        Importance.MEDIUM,
                        "What becomes of the row of a deleted document. `hard`: it is deleted.",
                        group,
                        5,
                        Width.SHORT,
                        "Delete mode");
    }

    private static void defineSchema(ConfigDef definition) {
        String group = "Schema";
        definition
                .define(
                        SCHEMA_EVOLUTION,
                        Type.STRING,
                        "widen",
                        Choice.of("none", "add", "widen"),
                        Importance.MEDIUM,
                        "What documents may change about a table's columns. `none`: nothing, the first document makes the columns of a"
                                + " new table; `add`: new fields become columns; `widen`: that, and columns take a wider type where"
                                + " that loses nothing (int to bigint or double, float to double, decimal growth).",
                        group,
                        1,
                        Width.SHORT,
                        "Schema evolution")
                .define(
                        CONFLICT_POLICY,
                        Type.STRING,
                        "sidecar",
                        Choice.of("sidecar", "fail"),
                        Importance.MEDIUM,
                        "What becomes of a value that does not fit its column. `sidecar`: the column `<name>__json` takes it as canonical"
                                + " extended JSON; `fail`: the record is refused, and `errors.tolerance` says what becomes of it.",
                        group,
                        2,
                        Width.SHORT,
                        "Conflict policy");
    }

    private static void defineCommits(ConfigDef definition) {
        String group = "Commits";
        definition
                .define(
                        COMMIT_INTERVAL,
                        Type.LONG,
                        10_000L,
                        Range.between(100, 3_600_000),
                        Importance.MEDIUM,
                        "Milliseconds from the first change after a commit to the next commit, at most.",
                        group,
                        1,
                        Width.SHORT,
                        "Commit interval")
                .define(
                        COMMIT_MAX_ROWS,
                        Type.LONG,
                        500_000L,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Rows buffered in a task at which it commits before the interval is over.",
                        group,
                        2,
                        Width.SHORT,
                        "Most rows in a commit")
                .define(
                        BUFFER_MAX_BYTES,
                        Type.LONG,
                        128L << 20,
                        Range.atLeast(1 << 20),
                        Importance.MEDIUM,
                        "Heap in bytes, by estimate, that a task's buffered changes may take; it commits before it takes more.",
                        group,
                        3,
                        Width.SHORT,
                        "Buffer size");
    }
}
