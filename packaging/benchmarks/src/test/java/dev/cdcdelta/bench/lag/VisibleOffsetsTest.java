package dev.cdcdelta.bench.lag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisibleOffsetsTest {
    private static final String TOPIC = "bench.lag.orders";

    @TempDir
    Path table;

    @Test
    void recordIsVisibleWithTheFirstCommitBeyondIt() throws IOException {
        try (VisibleOffsets visible = new VisibleOffsets(table, "sink", TOPIC)) {
            visible.accept(
                    transaction("sink|" + TOPIC + "|0", 10)
                            + transaction("sink|" + TOPIC + "|0|source-time", 99)
                            + transaction("other|" + TOPIC + "|0", 500) + "{\"add\":{\"path\":\"a\"}}\n",
                    1_000);
            visible.accept(transaction("sink|" + TOPIC + "|0", 20), 2_000);

            assertThat(visible.nanosOf(0, 9)).isEqualTo(1_000);
            assertThat(visible.nanosOf(0, 10)).isEqualTo(2_000);
            assertThat(visible.nanosOf(0, 20)).isZero();
            assertThat(visible.nanosOf(1, 0)).isZero();
            assertThat(visible.next(0)).isEqualTo(20);
        }
    }

    @Test
    void commitsAreSeenInTheTablesLog() throws IOException {
        try (VisibleOffsets visible = new VisibleOffsets(table, "sink", TOPIC)) {
            Path log = Files.createDirectories(table.resolve("_delta_log"));
            Files.writeString(log.resolve("00000000000000000000.json"), transaction("sink|" + TOPIC + "|2", 7));

            await().until(() -> visible.next(2) == 7);
            visible.requireHealthy();
            assertThat(visible.commits()).isEqualTo(1);
        }
    }

    @Test
    void lagsAreFromTheWriteToTheCommit() throws IOException {
        Writes writes = new Writes(3);
        writes.written(0, 1_000_000_000);
        writes.written(1, 2_000_000_000);
        writes.located(0, 0, 0);
        writes.located(1, 0, 1);
        try (VisibleOffsets visible = new VisibleOffsets(table, "sink", TOPIC)) {
            visible.accept(transaction("sink|" + TOPIC + "|0", 2), 4_500_000_000L);

            assertThat(writes.lags(0, 3, visible)).isEqualTo(List.of(3.5, 2.5));
            assertThat(writes.areVisible(2, visible)).isTrue();
            assertThat(writes.areVisible(3, visible)).isFalse();
        }
    }

    @Test
    void percentilesAreValuesThatWereMeasured() {
        List<Double> values = java.util.stream.IntStream.rangeClosed(1, 200)
                .mapToObj(value -> (double) value)
                .toList();

        assertThat(Percentiles.of(values)).isEqualTo(new Percentiles(100, 190, 198));
        assertThat(Percentiles.of(List.of(7.0))).isEqualTo(new Percentiles(7, 7, 7));
    }

    @Test
    void documentIsNamedByItsKey() {
        assertThat(TopicLocations.document("{\"id\":\"123\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(123);
    }

    private static String transaction(String identifier, long version) {
        return "{\"txn\":{\"appId\":\"" + identifier + "\",\"version\":" + version + ",\"lastUpdated\":1}}\n";
    }
}
