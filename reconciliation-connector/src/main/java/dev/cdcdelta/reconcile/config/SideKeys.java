package dev.cdcdelta.reconcile.config;

import dev.cdcdelta.sink.config.Choice;
import dev.cdcdelta.sink.config.KeyGroup;
import dev.cdcdelta.sink.config.TableNameValidator;
import dev.cdcdelta.sink.config.TopicPatternValidator;
import dev.cdcdelta.sink.config.WarehouseValidator;
import dev.cdcdelta.sink.routing.TableName;
import dev.cdcdelta.sink.routing.TopicPattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The two sides, and the pipeline between them. */
final class SideKeys {
    private static final long TEN_MINUTES = 600_000;

    private SideKeys() {}

    static void define(ConfigDef definition) {
        source(new KeyGroup(definition, "Source"));
        table(new KeyGroup(definition, "Table"));
        pipeline(new KeyGroup(definition, "Pipeline"));
    }

    private static void source(KeyGroup group) {
        group.key(
                        ReconcileConfigDef.MONGODB_URI,
                        Type.PASSWORD,
                        ConfigDef.NO_DEFAULT_VALUE,
                        null,
                        Importance.HIGH,
                        "The connection string of the replica set or sharded cluster, as for the source connector. It is kept as a"
                                + " password.",
                        "MongoDB URI")
                .key(
                        ReconcileConfigDef.DATABASE,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new NonEmpty(),
                        Importance.HIGH,
                        "The database whose collections are held against their tables.",
                        "Database")
                .key(
                        ReconcileConfigDef.COLLECTIONS,
                        Type.STRING,
                        ".*",
                        new RegexValidator(),
                        Importance.HIGH,
                        "A regular expression that the whole name of a collection matches. Views, system collections and time series are"
                                + " left out.",
                        "Collections")
                .key(
                        ReconcileConfigDef.READ_PREFERENCE,
                        Type.STRING,
                        "secondaryPreferred",
                        Choice.of("primary", "primarypreferred", "secondary", "secondarypreferred", "nearest"),
                        Importance.MEDIUM,
                        "Which members documents are read from. Reads are causal: a member that lags is waited for.",
                        "Read preference")
                .key(
                        ReconcileConfigDef.READ_TAGS,
                        Type.STRING,
                        "",
                        new TagsValidator(),
                        Importance.LOW,
                        "Tags of these members, as `name:value` with commas between; a semicolon begins the set to try next.",
                        "Read preference tags");
    }

    private static void table(KeyGroup group) {
        group.key(
                        ReconcileConfigDef.WAREHOUSE,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new WarehouseValidator(),
                        Importance.HIGH,
                        "The place of all tables, as in the sink connector.",
                        "Warehouse")
                .key(
                        ReconcileConfigDef.TABLE_NAME,
                        Type.STRING,
                        TableName.DEFAULT,
                        new TableNameValidator(),
                        Importance.MEDIUM,
                        "The path of a topic's table in the warehouse, as in the sink connector. `${field}` is not known here.",
                        "Table name")
                .key(
                        ReconcileConfigDef.TOPIC_PATTERN,
                        Type.STRING,
                        TopicPattern.DEBEZIUM,
                        new TopicPatternValidator(),
                        Importance.LOW,
                        "A regular expression that gives `table.name` its variables, as in the sink connector.",
                        "Topic pattern")
                .key(
                        ReconcileConfigDef.VERIFIED_IN_TABLE,
                        Type.BOOLEAN,
                        true,
                        null,
                        Importance.LOW,
                        "Whether a run that ends well is written into the table, as its metadata domain"
                                + " `cdcdelta.reconciliation`: up to when it is right, by which run. The table gets the writer feature"
                                + " `domainMetadata` with the first one; readers are not concerned.",
                        "Verified through");
    }

    private static void pipeline(KeyGroup group) {
        group.key(
                        ReconcileConfigDef.SOURCE_CONNECTOR,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new NonEmpty(),
                        Importance.HIGH,
                        "The name of the connector that writes the change topics. Its heartbeats (`heartbeat.interval.ms`) must be on,"
                                + " or a collection at rest is waited for in vain.",
                        "Source connector")
                .key(
                        ReconcileConfigDef.SINK_CONNECTOR,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new NonEmpty(),
                        Importance.HIGH,
                        "The name of the connector that writes the tables. Its rules for types and conflicts are asked from Connect.",
                        "Sink connector")
                .key(
                        ReconcileConfigDef.CONNECT_URL,
                        Type.STRING,
                        "http://localhost:8083",
                        new UrlValidator(),
                        Importance.HIGH,
                        "Where the REST API of Connect answers, from the workers' point of view.",
                        "Connect URL")
                .key(
                        ReconcileConfigDef.BARRIER_TIMEOUT,
                        Type.LONG,
                        TEN_MINUTES,
                        ConfigDef.Range.atLeast(1_000),
                        Importance.MEDIUM,
                        "How long the pipeline may take to bring the table up to an operation time. Then the run ends as `failed` and says"
                                + " what it waited for.",
                        "Barrier timeout")
                .key(
                        ReconcileConfigDef.BOOTSTRAP_SERVERS,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new NonEmpty(),
                        Importance.HIGH,
                        "Kafka's brokers, for the ends of the change topics and for the plan.",
                        "Bootstrap servers");
    }
}
