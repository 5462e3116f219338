package dev.cdcdelta.sink.config;

import dev.cdcdelta.sink.batch.FlushPolicy;
import dev.cdcdelta.sink.change.DocumentPolicy;
import dev.cdcdelta.sink.compact.CompactionPolicy;
import dev.cdcdelta.sink.compact.VacuumPolicy;
import dev.cdcdelta.sink.index.IndexPolicy;
import dev.cdcdelta.sink.index.IndexScope;
import dev.cdcdelta.sink.merge.DeleteMode;
import dev.cdcdelta.sink.merge.MergeMode;
import dev.cdcdelta.sink.merge.WriteMode;
import dev.cdcdelta.sink.merge.WritePolicy;
import dev.cdcdelta.sink.routing.TableName;
import dev.cdcdelta.sink.routing.TopicPattern;
import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.sink.table.FileSizes;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.DecimalMode;
import dev.cdcdelta.smt.schema.SchemaLimits;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Properties as records, one for each who asks. */
final class SettingsReader {
    private static final String DEFAULT_STATE_DIRECTORY = "mongodb-cdc-delta";

    private final Map<String, String> properties;
    private final AbstractConfig config;

    /** @throws ConfigException naming the key in question */
    SettingsReader(Map<String, String> properties) {
        this.properties = properties;
        this.config = new AbstractConfig(SinkConfigDef.DEFINITION, properties, false);
    }

    TableLayout layout() {
        return new TableLayout(
                config.getString(SinkConfigDef.WAREHOUSE),
                new TopicPattern(config.getString(SinkConfigDef.TOPIC_PATTERN)),
                new TableName(config.getString(SinkConfigDef.TABLE_NAME)),
                Optional.ofNullable(config.getString(SinkConfigDef.TABLE_NAME_FIELD)),
                Optional.ofNullable(config.getString(SinkConfigDef.APPEND_TABLE_NAME))
                        .map(TableName::new),
                config.getList(SinkConfigDef.PARTITION_BY),
                config.getList(SinkConfigDef.CLUSTER_BY),
                withPrefix(SinkConfigDef.TABLE_PROPERTIES));
    }

    WritePolicy write() {
        return new WritePolicy(
                WriteMode.valueOf(constant(SinkConfigDef.WRITE_MODE)),
                DeleteMode.valueOf(constant(SinkConfigDef.DELETE_MODE)),
                MergeMode.valueOf(constant(SinkConfigDef.MERGE_MODE)));
    }

    DocumentPolicy documents() {
        return new DocumentPolicy(
                constant(SinkConfigDef.UPDATE_MODE).equals("APPLY"), config.getBoolean(SinkConfigDef.DOCUMENT_TEXT));
    }

    SchemaPolicy schema() {
        return new SchemaPolicy(
                SchemaGrowth.valueOf(constant(SinkConfigDef.SCHEMA_EVOLUTION)),
                ConflictPolicy.valueOf(constant(SinkConfigDef.CONFLICT_POLICY)),
                config.getString(SinkConfigDef.CONFLICT_POLICIES),
                config.getString(SinkConfigDef.SCHEMA_HINTS),
                DecimalMode.of(config.getString(SinkConfigDef.DECIMAL_MODE)),
                new SchemaLimits(config.getInt(SinkConfigDef.MAX_DEPTH), config.getInt(SinkConfigDef.MAX_COLUMNS)));
    }

    FlushPolicy flush() {
        return new FlushPolicy(
                millis(SinkConfigDef.COMMIT_INTERVAL),
                config.getLong(SinkConfigDef.COMMIT_MAX_ROWS),
                config.getLong(SinkConfigDef.BUFFER_MAX_BYTES));
    }

    /** A quarter of the buffer's size, for the flushes that run at the same time. */
    FileSizes files() {
        return FileSizes.within(
                config.getLong(SinkConfigDef.FILE_TARGET_BYTES),
                config.getLong(SinkConfigDef.BUFFER_MAX_BYTES) / 4 / config.getInt(SinkConfigDef.FLUSH_THREADS));
    }

    PipelinePolicy pipeline() {
        return new PipelinePolicy(
                config.getInt(SinkConfigDef.FLUSH_THREADS),
                millis(SinkConfigDef.COMMIT_RETRY_TIMEOUT),
                constant(SinkConfigDef.OFFSET_GAP_POLICY).equals("FAIL"));
    }

    IndexPolicy index() {
        return new IndexPolicy(
                stateDirectory(),
                IndexScope.valueOf(constant(SinkConfigDef.INDEX_SCOPE)),
                millis(SinkConfigDef.DELETE_RETENTION));
    }

    private Path stateDirectory() {
        String given = config.getString(SinkConfigDef.STATE_DIRECTORY);
        if (given == null) {
            return Path.of(System.getProperty("java.io.tmpdir"), DEFAULT_STATE_DIRECTORY);
        }
        try {
            return Path.of(given);
        } catch (InvalidPathException e) {
            throw new ConfigException(
                    SinkConfigDef.STATE_DIRECTORY, given, "is no path of a directory: " + e.getReason());
        }
    }

    CompactionPolicy compaction() {
        return new CompactionPolicy(
                config.getBoolean(SinkConfigDef.COMPACTION_ENABLED),
                millis(SinkConfigDef.COMPACTION_INTERVAL),
                config.getLong(SinkConfigDef.COMPACTION_TARGET_BYTES),
                millis(SinkConfigDef.COMPACTION_MAX_PAUSE),
                millis(SinkConfigDef.DELETE_RETENTION));
    }

    VacuumPolicy vacuum() {
        return new VacuumPolicy(
                config.getBoolean(SinkConfigDef.VACUUM_ENABLED), millis(SinkConfigDef.VACUUM_RETENTION));
    }

    boolean validatesStorage() {
        return config.getBoolean(SinkConfigDef.STORAGE_VALIDATE);
    }

    HadoopOptions hadoop() {
        return new HadoopOptions(withPrefix(SinkConfigDef.HADOOP));
    }

    private Duration millis(String key) {
        return Duration.ofMillis(config.getLong(key));
    }

    /** The name of an enum's constant that a word stands for. */
    private String constant(String key) {
        return config.getString(key).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private Map<String, String> withPrefix(String prefix) {
        Map<String, String> found = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(prefix) && value != null) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }
}
