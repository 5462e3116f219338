package dev.cdcdelta.reconcile.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ReadPreference;
import com.mongodb.Tag;
import com.mongodb.TagSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

class ReconcileSettingsTest {
    @Test
    void whatIsGivenArrivesAndTheRestHasDefaults() {
        ReconcileSettings settings = ReconcileSettings.parse(with(
                "read.preference", "nearest",
                "read.preference.tags", "dc:ny,use:reports;dc:sf",
                "hadoop.fs.s3a.endpoint", "http://s3",
                "kafka.security.protocol", "SSL",
                "mode", "deep",
                "repair", "apply"));

        assertThat(settings.source().preference())
                .isEqualTo(ReadPreference.nearest(List.of(
                        new TagSet(List.of(new Tag("dc", "ny"), new Tag("use", "reports"))),
                        new TagSet(new Tag("dc", "sf")))));
        assertThat(settings.table().hadoop().values()).containsEntry("fs.s3a.endpoint", "http://s3");
        assertThat(settings.pipeline().kafka())
                .isEqualTo(Map.of("security.protocol", "SSL", "bootstrap.servers", "kafka:9092"));
        assertThat(settings.runs().deep()).isEqualTo(1);
        assertThat(settings.runs().rangeDocuments()).isEqualTo(20_000);
        assertThat(settings.repair().mode()).isEqualTo(ReconcileSettings.Repair.Mode.APPLY);
        assertThat(settings.redaction()).isEqualTo(ReconcileSettings.Redaction.VALUES);
    }

    @Test
    void rangesArePlannedToBeReadInTime() {
        ReconcileSettings settings =
                ReconcileSettings.parse(with("load.max.documents.per.second", "100", "range.time.budget.ms", "5000"));
        assertThat(settings.runs().rangeDocuments()).isEqualTo(500);
    }

    @Test
    void aScheduleTellsItsNextPoint() {
        CronSchedule schedule = ReconcileSettings.parse(
                        with("schedule", "30 4 * * 1", "schedule.time.zone", "Europe/Berlin"))
                .runs()
                .schedule();
        assertThat(schedule.after(Instant.parse("2026-03-26T00:00:00Z")))
                .as("the Monday after the clocks changed")
                .contains(Instant.parse("2026-03-30T02:30:00Z"));
        assertThat(ReconcileSettings.parse(with()).runs().schedule().after(Instant.EPOCH))
                .isEmpty();
    }

    @Test
    void theUriIsShownNowhere() {
        ReconcileSettings settings = ReconcileSettings.parse(with("mongodb.uri", "mongodb://user:canary@host/"));
        assertThat(settings.toString()).doesNotContain("canary");
    }

    @Test
    void eachMistakeIsReportedAtItsKey() {
        Map<String, String> wrong = with(
                "collections", "(",
                "read.preference", "somewhere",
                "read.preference.tags", "dc",
                "warehouse", "ftp://x",
                "connect.url", "connect:8083",
                "mode", "quick",
                "schedule", "every day",
                "schedule.time.zone", "Mars",
                "repair", "perhaps",
                "max.repair.share", "2",
                "redaction", "some",
                "source.connector", " ");
        List<String> named = ReconcileConfigDef.definition().validate(wrong).stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .map(ConfigValue::name)
                .sorted()
                .toList();
        assertThat(named)
                .containsExactly(
                        "collections",
                        "connect.url",
                        "max.repair.share",
                        "mode",
                        "read.preference",
                        "read.preference.tags",
                        "redaction",
                        "repair",
                        "schedule",
                        "schedule.time.zone",
                        "source.connector",
                        "warehouse");
    }

    @Test
    void thePrimaryHasNoTags() {
        assertThatThrownBy(() ->
                        ReconcileSettings.parse(with("read.preference", "primary", "read.preference.tags", "a:b")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("read.preference.tags");
    }

    private static Map<String, String> with(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "name", "check",
                "mongodb.uri", "mongodb://host/",
                "database", "shop",
                "warehouse", "s3a://lake/tables",
                "source.connector", "source",
                "sink.connector", "sink",
                "kafka.bootstrap.servers", "kafka:9092"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }
}
