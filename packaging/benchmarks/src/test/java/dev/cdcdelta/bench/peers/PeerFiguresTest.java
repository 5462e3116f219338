package dev.cdcdelta.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cdcdelta.bench.limits.Limits;
import dev.cdcdelta.bench.load.Meter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerFiguresTest {
    private static final long RECORDS = 1_000_000;

    @Test
    void ratiosAreMediansOfTheRoundsRatios() {
        ObjectNode json = new PeerFigures(List.of(round(10, 20, 0.01), round(20, 80, 0.2), round(10, 30, 0))).json();

        assertThat(json.path("appendToIcebergAppend").asDouble()).isEqualTo(3);
        assertThat(json.path("oursAppendRecordsPerSecond").asLong()).isEqualTo(100_000);
        assertThat(json.path("oursAppendLeastRecordsPerSecond").asLong()).isEqualTo(50_000);
        assertThat(json.path("oursAppendSpread").asDouble()).isEqualTo(0.5);
        // 40 s of processors; parsing and writing take 20.
        assertThat(json.path("appendCpuToFloor").asDouble()).isEqualTo(2);
        assertThat(json.path("cpuFloorPerMillion").asDouble()).isEqualTo(20);
        assertThat(json.path("oursAppendPeakMegabytes").asLong()).isEqualTo(7);
        assertThat(json.path("foreignCores").asDouble()).isEqualTo(0.2);
        assertThat(json.path("complete").asBoolean()).isTrue();
    }

    @Test
    void whatWasLeftOutIsNotThere() {
        ObjectNode json = new PeerFigures(List.of(round(10, 20, 0))).json();

        assertThat(json.has("upsertToSparkMerge")).isFalse();
        assertThat(json.has("sparkMergeRecordsPerSecond")).isFalse();
    }

    @Test
    void missingRowIsNotComplete() {
        Run run = new Run(Contender.OURS_UPSERT, RECORDS, reading(1, 0), 9, 10, 0);

        assertThat(new PeerFigures(List.of(new Round(List.of(run), limits()))).isComplete())
                .isFalse();
    }

    private static Round round(double ours, double iceberg, double foreignCores) {
        return new Round(
                List.of(
                        new Run(Contender.OURS_APPEND, RECORDS, reading(ours, foreignCores), 10, 10, 0),
                        new Run(Contender.ICEBERG_APPEND, RECORDS, reading(iceberg, 0), 10, 10, 0)),
                limits());
    }

    private static Limits.Figures limits() {
        return new Limits.Figures(
                RECORDS, new Meter.Reading(1, 1, 0, 0), new Meter.Reading(12, 12, 0, 0), new Meter.Reading(8, 8, 0, 0));
    }

    private static Meter.Reading reading(double seconds, double foreignCores) {
        return new Meter.Reading(seconds, 40, 7L << 20, foreignCores);
    }
}
