package dev.cdcdelta.reconcile.config;

import com.mongodb.ReadPreference;
import com.mongodb.TagSet;
import dev.cdcdelta.sink.config.HadoopOptions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** The whole configuration. */
public record ReconcileSettings(
        String name,
        Source source,
        Table table,
        Pipeline pipeline,
        Runs runs,
        Repair repair,
        Topics topics,
        Redaction redaction) {
    /** @param uri with its password: never to be shown */
    public record Source(String uri, String database, Pattern collections, ReadPreference preference) {
        @Override
        public String toString() {
            return database + "." + collections;
        }
    }

    /** Where tables are; the texts are those of the sink's settings. */
    public record Table(
            String warehouse, String tableName, String topicPattern, boolean verifiedThrough, HadoopOptions hadoop) {}

    /** @param kafka settings of Kafka's clients, which may hold passwords */
    public record Pipeline(
            String sourceConnector,
            String sinkConnector,
            String connectUrl,
            Duration barrierTimeout,
            Map<String, String> kafka) {
        @Override
        public String toString() {
            return sourceConnector + " -> " + sinkConnector;
        }
    }

    /**
     * @param deep the share of data files whose rows are read whole
     * @param id of the run that is asked for; empty for none
     */
    public record Runs(
            double deep,
            String id,
            CronSchedule schedule,
            int rangeDocuments,
            int rounds,
            int maxFindings,
            Load load) {}

    /**
     * The most a task reads in a second; 0 for no limit.
     *
     * @param lag of the sink at which it waits, in records
     */
    public record Load(long documents, long bytes, long lag) {}

    /** @param share of a range's documents above which it is not repaired */
    public record Repair(Mode mode, int most, double share) {
        /** What becomes of findings. */
        public enum Mode {
            OFF,
            PLAN,
            APPLY
        }
    }

    public record Topics(String findings, String reports, String progress, String plan, String signals) {}

    /** What findings keep to themselves. */
    public enum Redaction {
        NONE,
        VALUES,
        KEYS
    }

    /** @throws ConfigException naming the key in question */
    public static ReconcileSettings parse(Map<String, String> properties) {
        String name = properties.get("name");
        if (name == null) {
            throw new ConfigException("name", null, "the connector has no name; give it one");
        }
        AbstractConfig config = new AbstractConfig(ReconcileConfigDef.DEFINITION, properties, false);
        return new ReconcileSettings(
                name,
                source(config),
                new Table(
                        config.getString(ReconcileConfigDef.WAREHOUSE),
                        config.getString(ReconcileConfigDef.TABLE_NAME),
                        config.getString(ReconcileConfigDef.TOPIC_PATTERN),
                        config.getBoolean(ReconcileConfigDef.VERIFIED_IN_TABLE),
                        new HadoopOptions(withPrefix(properties, ReconcileConfigDef.HADOOP))),
                new Pipeline(
                        config.getString(ReconcileConfigDef.SOURCE_CONNECTOR),
                        config.getString(ReconcileConfigDef.SINK_CONNECTOR),
                        config.getString(ReconcileConfigDef.CONNECT_URL).replaceFirst("/+$", ""),
                        Duration.ofMillis(config.getLong(ReconcileConfigDef.BARRIER_TIMEOUT)),
                        withPrefix(properties, ReconcileConfigDef.KAFKA)),
                runs(config),
                new Repair(
                        Repair.Mode.valueOf(constant(config, ReconcileConfigDef.REPAIR)),
                        config.getInt(ReconcileConfigDef.MAX_REPAIRS),
                        config.getDouble(ReconcileConfigDef.MAX_REPAIR_SHARE)),
                new Topics(
                        config.getString(ReconcileConfigDef.FINDINGS_TOPIC),
                        config.getString(ReconcileConfigDef.REPORT_TOPIC),
                        config.getString(ReconcileConfigDef.PROGRESS_TOPIC),
                        config.getString(ReconcileConfigDef.PLAN_TOPIC),
                        config.getString(ReconcileConfigDef.SIGNAL_TOPIC)),
                Redaction.valueOf(constant(config, ReconcileConfigDef.REDACTION)));
    }

    private static Source source(AbstractConfig config) {
        List<TagSet> tags = ReadTags.parse(config.getString(ReconcileConfigDef.READ_TAGS));
        String preference = config.getString(ReconcileConfigDef.READ_PREFERENCE);
        if (preference.equalsIgnoreCase("primary") && !tags.isEmpty()) {
            throw new ConfigException(
                    ReconcileConfigDef.READ_TAGS,
                    config.getString(ReconcileConfigDef.READ_TAGS),
                    "the primary has no tags to choose by; set read.preference to another one");
        }
        return new Source(
                config.getPassword(ReconcileConfigDef.MONGODB_URI).value(),
                config.getString(ReconcileConfigDef.DATABASE),
                Pattern.compile(config.getString(ReconcileConfigDef.COLLECTIONS)),
                tags.isEmpty() ? ReadPreference.valueOf(preference) : ReadPreference.valueOf(preference, tags));
    }

    private static Runs runs(AbstractConfig config) {
        Load load = new Load(
                config.getLong(ReconcileConfigDef.MAX_DOCUMENTS_PER_SECOND),
                config.getLong(ReconcileConfigDef.MAX_BYTES_PER_SECOND),
                config.getLong(ReconcileConfigDef.MAX_LAG));
        long most = config.getInt(ReconcileConfigDef.RANGE_DOCUMENTS);
        if (load.documents() > 0) {
            double inTime = load.documents() * (config.getLong(ReconcileConfigDef.RANGE_TIME) / 1000.0);
            most = Math.max(1, Math.min(most, (long) inTime));
        }
        return new Runs(
                constant(config, ReconcileConfigDef.MODE).equals("DEEP")
                        ? 1
                        : config.getDouble(ReconcileConfigDef.DEEP_SAMPLE),
                config.getString(ReconcileConfigDef.RUN_ID).strip(),
                CronSchedule.parse(
                        config.getString(ReconcileConfigDef.SCHEDULE),
                        ZoneId.of(config.getString(ReconcileConfigDef.TIME_ZONE))),
                (int) most,
                config.getInt(ReconcileConfigDef.RECHECK_ROUNDS),
                config.getInt(ReconcileConfigDef.MAX_FINDINGS),
                load);
    }

    private static String constant(AbstractConfig config, String key) {
        return config.getString(key).toUpperCase(Locale.ROOT);
    }

    private static Map<String, String> withPrefix(Map<String, String> properties, String prefix) {
        Map<String, String> found = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(prefix) && value != null) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }
}
