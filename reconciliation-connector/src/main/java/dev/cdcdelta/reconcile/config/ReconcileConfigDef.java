package dev.cdcdelta.reconcile.config;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;

/** The keys of the reconciliation connector. */
public final class ReconcileConfigDef {
    public static final String MONGODB_URI = "mongodb.uri";
    public static final String DATABASE = "database";
    public static final String COLLECTIONS = "collections";
    public static final String READ_PREFERENCE = "read.preference";
    public static final String READ_TAGS = "read.preference.tags";
    public static final String WAREHOUSE = "warehouse";
    public static final String TABLE_NAME = "table.name";
    public static final String TOPIC_PATTERN = "topic.pattern";
    public static final String SOURCE_CONNECTOR = "source.connector";
    public static final String SINK_CONNECTOR = "sink.connector";
    public static final String CONNECT_URL = "connect.url";
    public static final String BARRIER_TIMEOUT = "barrier.timeout.ms";
    public static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";
    public static final String MODE = "mode";
    public static final String DEEP_SAMPLE = "deep.sample";
    public static final String SIGNAL_TOPIC = "signal.topic";
    public static final String VERIFIED_IN_TABLE = "verified.through.in.table";
    public static final String MAX_LAG = "load.max.lag.records";
    public static final String RUN_ID = "run.id";
    public static final String SCHEDULE = "schedule";
    public static final String TIME_ZONE = "schedule.time.zone";
    public static final String RANGE_DOCUMENTS = "range.max.documents";
    public static final String RANGE_TIME = "range.time.budget.ms";
    public static final String RECHECK_ROUNDS = "recheck.max.rounds";
    public static final String MAX_FINDINGS = "max.findings";
    public static final String MAX_DOCUMENTS_PER_SECOND = "load.max.documents.per.second";
    public static final String MAX_BYTES_PER_SECOND = "load.max.bytes.per.second";
    public static final String REPAIR = "repair";
    public static final String MAX_REPAIRS = "max.repairs";
    public static final String MAX_REPAIR_SHARE = "max.repair.share";
    public static final String FINDINGS_TOPIC = "findings.topic";
    public static final String REPORT_TOPIC = "report.topic";
    public static final String PROGRESS_TOPIC = "progress.topic";
    public static final String PLAN_TOPIC = "plan.topic";
    public static final String REDACTION = "redaction";

    /** What begins with these is passed on, without them. */
    public static final String HADOOP = "hadoop.";

    public static final String KAFKA = "kafka.";

    /** Families of keys whose ends are not ours to list. */
    static final List<KeyFamily> FAMILIES = List.of(
            new KeyFamily(
                    HADOOP, "Settings of the file system, the same as the sink's, such as `hadoop.fs.s3a.endpoint`."),
            new KeyFamily(
                    KAFKA,
                    "Settings of the clients that read topics' ends and keep the plan, such as `kafka.security.protocol`."));

    static final ConfigDef DEFINITION = define();

    record KeyFamily(String prefix, String documentation) {}

    private ReconcileConfigDef() {}

    /** A copy of the definition. */
    public static ConfigDef definition() {
        return new ConfigDef(DEFINITION);
    }

    private static ConfigDef define() {
        ConfigDef definition = new ConfigDef();
        SideKeys.define(definition);
        RunKeys.define(definition);
        OutputKeys.define(definition);
        return definition;
    }
}
