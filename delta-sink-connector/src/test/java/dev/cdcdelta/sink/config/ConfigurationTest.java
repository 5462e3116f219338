package dev.cdcdelta.sink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.DeltaSinkConnector;
import dev.cdcdelta.sink.change.DocumentPolicy;
import dev.cdcdelta.sink.compact.CompactionPolicy;
import dev.cdcdelta.sink.compact.VacuumPolicy;
import dev.cdcdelta.sink.index.IndexPolicy;
import dev.cdcdelta.sink.index.IndexScope;
import dev.cdcdelta.sink.merge.DeleteMode;
import dev.cdcdelta.sink.merge.MergeMode;
import dev.cdcdelta.sink.merge.WriteMode;
import dev.cdcdelta.sink.merge.WritePolicy;
import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.DecimalMode;
import dev.cdcdelta.smt.schema.SchemaLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    @Test
    void theWarehouseIsAllThatAFirstUserHasToSay() {
        SinkSettings settings = SinkSettings.parse(valid());
        assertThat(validate(valid())).isEmpty();
        assertThat(settings.connector()).isEqualTo("sink");
        assertThat(settings.flush().interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.schema())
                .isEqualTo(new SchemaPolicy(
                        SchemaGrowth.WIDEN, ConflictPolicy.SIDECAR, "", "", DecimalMode.TEXT, SchemaLimits.DEFAULT));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "warehouse | s3://bucket/path | s3a://",
                "warehouse | /data/lake | file:///path",
                "warehouse | file://data | file:///path",
                "warehouse | s3a:// | s3a://bucket/path",
                "table.name | ${collecton} | ${collection}",
                "table.name | a//b | not allowed",
                "topic.pattern | (?<database>[ | regular expression",
                "topic.pattern | (?<collection>.*) | table.name",
                "topic.pattern | (?<collection>[^.]*)\\Q(?<database>\\E | table.name",
                "table.name | ${database}_${field}_${collection} | table.name.field",
                "table.name.field | tenant | no table's name has ${field}",
                "table.name.field | a..b | dots between",
                "append.table.name | ${database}/${collection} | same as 'table.name'",
                "append.table.name | ${nothing} | ${nothing}",
                "table.partition.by | day,_cdc_ts | own column",
                "table.partition.by | _id | partition of its own",
                "table.partition.by | day,Day | twice",
                "table.cluster.by | a,b,c,d,e | more than 4",
                "write.mode | merge | append, history, upsert",
                "delete.mode | keep | hard, soft",
                "merge.mode | read | copy-on-write, merge-on-read",
                "flush.threads | 0 | 1",
                "commit.retry.timeout.ms | -1 | at least 0",
                "offset.gap.policy | skip | fail, warn",
                "index.scope | all | auto, table",
                "compaction.enabled | perhaps | true or false",
                "table.properties.delta.logRetentionDuration | 1 year | interval 7 days",
                "schema.evolution | yes | none, widen",
                "conflict.policy | drop | dlq, fail, json, sidecar",
                "conflict.policies | a=drop | sidecar, json, dlq, fail",
                "schema.hints | a=text | decimal(p,s)",
                "commit.interval.ms | 5 | 100",
                "commit.interval.ms | soon | LONG",
                "commit.max.rows | 0 | 1",
                "buffer.max.bytes | 10 | 1048576",
                "commit.interval | 5000 | 'commit.interval.ms'",
                "shema.evolution | add | 'schema.evolution'",
                "commit_interval_ms | 5000 | 'commit.interval.ms'",
                "table.properties.delta.appendOnly | true | must be false",
                "table.properties.delta.enableDeletionVectors | false | must be true",
                "table.properties.delta.autoOptimize.autoCompact | true | take it out",
                "consumer.override.auto.offset.reset | latest | earliest",
                "table.properties. | x | names no table property",
            })
    void everyMistakeIsReportedAtItsKey(String key, String value, String message) {
        Map<String, String> properties = valid();
        properties.put(key, value);
        Map<String, String> errors = validate(properties);
        boolean isElsewhere = message.startsWith("table.name");
        assertThat(errors).containsOnlyKeys(isElsewhere ? message : key);
        if (!isElsewhere) {
            assertThat(errors.get(key)).contains(message);
        }
        assertThatThrownBy(() -> SinkSettings.parse(properties)).isInstanceOf(ConfigException.class);
    }

    @ParameterizedTest(name = "{0}={1} and {2}={3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "write.mode | history | merge.mode | copy-on-write | use merge-on-read",
                "write.mode | history | delete.mode | soft | write.mode=upsert only",
                "write.mode | append | delete.mode | soft | write.mode=upsert only",
                "write.mode | append | append.table.name | events | one already",
                "write.mode | append | table.properties.delta.enableChangeDataFeed | true | must be false",
                "write.mode | history | table.properties.delta.enableChangeDataFeed | true | must be false",
                "merge.mode | merge-on-read | table.properties.delta.enableDeletionVectors | false | must be true",
                "table.partition.by | day | table.cluster.by | day | take one out",
                "vacuum.enabled | true | vacuum.retention.ms | 3600000 | deletedFileRetentionDuration",
            })
    void keysThatDoNotGoTogetherAreReportedAtTheSecond(
            String first, String firstValue, String second, String secondValue, String message) {
        Map<String, String> properties = valid();
        properties.put(first, firstValue);
        properties.put(second, secondValue);
        Map<String, String> errors = validate(properties);
        assertThat(errors).containsOnlyKeys(second);
        assertThat(errors.get(second)).contains(message);
    }

    @ParameterizedTest(name = "{0}={1} and {2}={3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "write.mode | append | table.properties.delta.appendOnly | true",
                "write.mode | Upsert | table.properties.delta.enableChangeDataFeed | true",
                "merge.mode | copy-on-write | table.properties.delta.enableDeletionVectors | false",
                "vacuum.enabled | false | vacuum.retention.ms | 3600000",
                "table.name | ${tenant}/${topic} | topic.pattern | (?<tenant>.*?)[.].*",
                "table.name | t_${field} | table.name.field | _id.tenant",
                "table.name | all | write.mode | append",
                "delete.mode | SOFT | merge.mode | copy-on-write",
            })
    void whatGoesTogetherIsAccepted(String first, String firstValue, String second, String secondValue) {
        Map<String, String> properties = valid();
        properties.put(first, firstValue);
        properties.put(second, secondValue);
        assertThat(validate(properties)).isEmpty();
        SinkSettings.parse(properties);
    }

    @Test
    void aVacuumMayBeAsEarlyAsTheTablesProperty() {
        Map<String, String> properties = valid();
        properties.put("vacuum.enabled", "true");
        properties.put("vacuum.retention.ms", "3600000");
        properties.put("table.properties.delta.deletedFileRetentionDuration", "interval 1 hour");
        assertThat(validate(properties)).isEmpty();
        properties.put("table.properties.delta.deletedFileRetentionDuration", "interval 1 hour 1 second");
        assertThat(validate(properties)).containsOnlyKeys("vacuum.retention.ms");
    }

    @Test
    void everyKeyReachesItsRecord() {
        Map<String, String> properties = valid();
        properties.put("table.partition.by", "day,country");
        properties.put("append.table.name", "${topic}_events");
        properties.put("delete.mode", "soft");
        properties.put("merge.mode", "copy-on-write");
        properties.put("flush.threads", "3");
        properties.put("commit.retry.timeout.ms", "1000");
        properties.put("offset.gap.policy", "fail");
        properties.put("state.dir", "/var/lib/cdc");
        properties.put("index.scope", "table");
        properties.put("delete.retention.ms", "60000");
        properties.put("compaction.enabled", "false");
        properties.put("compaction.interval.ms", "2000");
        properties.put("compaction.target.file.bytes", "1048576");
        properties.put("compaction.max.pause.ms", "500");
        properties.put("vacuum.enabled", "true");
        properties.put("document.text", "true");
        SinkSettings settings = SinkSettings.parse(properties);
        assertThat(settings.layout().partitionColumns()).containsExactly("day", "country");
        assertThat(settings.layout().append()).hasToString("Optional[${topic}_events]");
        assertThat(settings.write())
                .isEqualTo(new WritePolicy(WriteMode.UPSERT, DeleteMode.SOFT, MergeMode.COPY_ON_WRITE));
        assertThat(settings.pipeline()).isEqualTo(new PipelinePolicy(3, Duration.ofSeconds(1), true));
        assertThat(settings.index())
                .isEqualTo(new IndexPolicy(Path.of("/var/lib/cdc"), IndexScope.TABLE, Duration.ofMinutes(1)));
        assertThat(settings.compaction())
                .isEqualTo(new CompactionPolicy(
                        false, Duration.ofSeconds(2), 1 << 20, Duration.ofMillis(500), Duration.ofMinutes(1)));
        assertThat(settings.vacuum()).isEqualTo(new VacuumPolicy(true, Duration.ofDays(7)));
        assertThat(settings.documents()).isEqualTo(new DocumentPolicy(false, true));
    }

    @Test
    void updatesAreAppliedOnlyWhereARowIsKnown() {
        Map<String, String> properties = valid();
        properties.put("update.mode", "apply");
        assertThat(validate(properties)).isEmpty();
        assertThat(SinkSettings.parse(properties).documents()).isEqualTo(new DocumentPolicy(true, false));
        properties.put("write.mode", "append");
        assertThat(validate(properties).get("update.mode")).contains("tables of events");
        properties.put("write.mode", "history");
        assertThat(validate(properties)).isEmpty();
        properties.put("append.table.name", "${topic}_events");
        assertThat(validate(properties).get("update.mode")).contains("tables of events");
        properties.remove("append.table.name");
        properties.put("table.name", "${field}/${collection}");
        properties.put("table.name.field", "tenant");
        assertThat(validate(properties).get("update.mode")).contains("'table.name.field'");
    }

    @Test
    void theStorageIsTriedOutOnRequest(@TempDir Path directory) throws IOException {
        Map<String, String> properties = valid();
        Path file = Files.writeString(directory.resolve("file"), "no directory");
        properties.put("warehouse", "file://" + file);
        assertThat(validate(properties)).isEmpty();
        properties.put("storage.validate", "true");
        assertThat(validate(properties).get("warehouse")).contains("cannot be used");
        properties.put("warehouse", "file://" + directory.resolve("lake"));
        assertThat(validate(properties)).isEmpty();
    }

    @Test
    void formsAreToldWhatTheyMayOffer() {
        assertThat(new DeltaSinkConnector().validate(valid()).configValues())
                .filteredOn(value -> value.name().equals("write.mode"))
                .singleElement()
                .satisfies(
                        value -> assertThat(value.recommendedValues()).containsExactly("append", "history", "upsert"));
    }

    @Test
    void aMissingWarehouseIsReported() {
        Map<String, String> properties = valid();
        properties.remove("warehouse");
        assertThat(validate(properties)).containsOnlyKeys("warehouse");
    }

    @Test
    void oneTableForSeveralTopicsIsRefused() {
        Map<String, String> properties = valid();
        properties.put("table.name", "everything");
        assertThat(validate(properties)).isEmpty();
        properties.put("topics", "a.b.c,a.b.d");
        assertThat(validate(properties).get("table.name")).contains("overwrite each other");
    }

    @Test
    void halfAPairOfS3KeysIsRefused() {
        Map<String, String> properties = valid();
        properties.put("hadoop.fs.s3a.access.key", "A");
        assertThat(validate(properties)).containsOnlyKeys("hadoop.fs.s3a.secret.key");
    }

    @Test
    void toleratingErrorsWithoutADeadLetterQueueIsRefused() {
        Map<String, String> properties = valid();
        properties.put("errors.tolerance", "all");
        assertThat(validate(properties)).containsOnlyKeys("errors.deadletterqueue.topic.name");
        properties.put("errors.deadletterqueue.topic.name", "dead");
        assertThat(validate(properties)).isEmpty();
    }

    @Test
    void keysOfConnectAndStrangersAreNotOurs() {
        Map<String, String> properties = valid();
        properties.put("errors.tolerance", "none");
        properties.put("value.converter.schemas.enable", "false");
        properties.put("transforms", "x");
        properties.put("some.other.thing", "y");
        properties.put("consumer.override.max.poll.records", "10");
        assertThat(validate(properties)).isEmpty();
    }

    @Test
    void nullValuesCountAsAbsent() {
        Map<String, String> properties = valid();
        properties.put("table.properties.delta.appendOnly", null);
        assertThat(validate(properties)).isEmpty();
    }

    @Test
    void secretsAreNotShown() {
        Map<String, String> properties = valid();
        properties.put("hadoop.fs.s3a.access.key", "AKIA-one");
        properties.put("hadoop.fs.s3a.secret.key", "two");
        properties.put("hadoop.fs.s3a.session.token", "three");
        properties.put("hadoop.fs.azure.account.key.lake.dfs.core.windows.net", "four");
        properties.put("hadoop.fs.azure.account.oauth2.client.secret", "five");
        properties.put("hadoop.fs.azure.sas.fixed.token", "six");
        properties.put("hadoop.fs.gs.auth.refresh.token", "seven");
        properties.put("hadoop.fs.s3a.endpoint", "http://localhost:1");
        SinkSettings settings = SinkSettings.parse(properties);
        assertThat(settings.hadoop().values()).containsEntry("fs.s3a.secret.key", "two");
        assertThat(settings.toString())
                .contains("http://localhost:1")
                .doesNotContain("AKIA-one", "two", "three", "four", "five", "six", "seven");
    }

    private static Map<String, String> valid() {
        Map<String, String> properties = new HashMap<>();
        properties.put("name", "sink");
        properties.put("connector.class", DeltaSinkConnector.class.getName());
        properties.put("topics", "mongo.shop.orders");
        properties.put("warehouse", "s3a://lake/raw");
        return properties;
    }

    private static Map<String, String> validate(Map<String, String> properties) {
        Map<String, String> errors = new TreeMap<>();
        new DeltaSinkConnector().validate(properties).configValues().forEach(value -> {
            if (!value.errorMessages().isEmpty()) {
                errors.put(value.name(), String.join("; ", value.errorMessages()));
            }
        });
        return errors;
    }
}
