package dev.cdcdelta.sink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.DeltaSinkConnector;
import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    @Test
    void theWarehouseIsAllThatAFirstUserHasToSay() {
        SinkSettings settings = SinkSettings.parse(valid());
        assertThat(validate(valid())).isEmpty();
        assertThat(settings.connector()).isEqualTo("sink");
        assertThat(settings.flush().interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.schema()).isEqualTo(new SchemaPolicy(SchemaGrowth.WIDEN, ConflictPolicy.SIDECAR));
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
                "write.mode | append | not available yet",
                "write.mode | merge | upsert",
                "delete.mode | soft | not available yet",
                "schema.evolution | yes | none, widen",
                "conflict.policy | drop | fail, sidecar",
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
        String reportedAt = message.equals("table.name") ? "table.name" : key;
        assertThat(errors).containsOnlyKeys(reportedAt);
        if (!message.equals("table.name")) {
            assertThat(errors.get(key)).contains(message);
        }
        assertThatThrownBy(() -> SinkSettings.parse(properties)).isInstanceOf(ConfigException.class);
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
        properties.put("hadoop.fs.s3a.endpoint", "http://localhost:1");
        SinkSettings settings = SinkSettings.parse(properties);
        assertThat(settings.hadoop().values()).containsEntry("fs.s3a.secret.key", "two");
        assertThat(settings.toString())
                .contains("http://localhost:1")
                .doesNotContain("AKIA-one")
                .doesNotContain("two")
                .doesNotContain("three");
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
