package dev.cdcdelta.bench.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTest {
    private static final String FULL = "\"keys\": 1000000, \"rounds\": 3";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void verdictIsOfTheNewestResultThatCounts() throws IOException {
        Result reached = peers(1, "{\"appendToIcebergAppend\": 2.5, \"foreignCores\": 0.01, " + FULL + "}");
        Result missed = peers(2, "{\"appendToIcebergAppend\": 1.5, \"foreignCores\": 0.05, " + FULL + "}");
        Result disturbed = peers(3, "{\"appendToIcebergAppend\": 9, \"foreignCores\": 0.5, " + FULL + "}");
        Result small = peers(4, "{\"appendToIcebergAppend\": 8, \"foreignCores\": 0, \"keys\": 1000, \"rounds\": 3}");

        assertThat(Target.APPEND.verdict(List.of())).isEqualTo(Target.Verdict.NOT_MEASURED);
        assertThat(Target.APPEND.verdict(List.of(reached))).isEqualTo(Target.Verdict.REACHED);
        assertThat(Target.APPEND.verdict(List.of(reached, missed, disturbed, small)))
                .isEqualTo(Target.Verdict.MISSED);
        assertThat(Target.APPEND.measured(List.of(reached, missed, disturbed, small)))
                .contains(1.5);
        assertThat(Target.APPEND.verdict(List.of(disturbed))).isEqualTo(Target.Verdict.DOES_NOT_COUNT);
        assertThat(Target.APPEND.verdict(List.of(small))).isEqualTo(Target.Verdict.DOES_NOT_COUNT);
    }

    @Test
    void costsAreToStayBelow() throws IOException {
        assertThat(Target.APPEND_CPU.verdict(List.of(peers(1, "{\"appendCpuToFloor\": 1.4, " + FULL + "}"))))
                .isEqualTo(Target.Verdict.REACHED);
        assertThat(Target.APPEND_CPU.verdict(List.of(peers(1, "{\"appendCpuToFloor\": 1.41, " + FULL + "}"))))
                .isEqualTo(Target.Verdict.MISSED);
    }

    @Test
    void largeIndexSlowsDownWhatUpsertsTakeWithASmallOne() throws IOException {
        Result peers = peers(1, "{\"upsertToIcebergAppend\": 2, \"oursUpsertRecordsPerSecond\": 40000, " + FULL + "}");
        Result keys = new Result(
                "keys",
                Instant.ofEpochSecond(2),
                peers.machine(),
                Map.of(),
                JSON.readTree("{\"addedMicrosPerKey\": 12.5, \"keys\": 100000000}"));

        // Two tasks take 50 microseconds a record each, and then 62.5.
        assertThat(Target.LARGE_INDEX.measured(List.of(peers, keys))).contains(0.8);
        assertThat(Target.LARGE_INDEX.verdict(List.of(peers, keys))).isEqualTo(Target.Verdict.REACHED);
        assertThat(Target.LARGE_INDEX.verdict(List.of(keys))).isEqualTo(Target.Verdict.NOT_MEASURED);
    }

    @Test
    void tableNamesEveryTarget() throws IOException {
        String table = Target.table(List.of(peers(1, "{\"upsertToSparkMerge\": 6.25, " + FULL + "}")));

        assertThat(table.lines()).hasSize(2 + Target.values().length);
        assertThat(table).contains("| upsert to Spark's MERGE at the same commit interval | at least 5 | 6.25 | yes |");
    }

    private static Result peers(int second, String figures) throws IOException {
        JsonNode node = JSON.readTree(figures);
        return new Result(
                "peers", Instant.ofEpochSecond(second), new Machine("some processor", 2, 8, "17"), Map.of(), node);
    }
}
