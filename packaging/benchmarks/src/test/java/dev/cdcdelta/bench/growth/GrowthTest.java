package dev.cdcdelta.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthTest {
    @TempDir
    Path directory;

    @Test
    void smallRunMeasuresEverything() throws Exception {
        GrowthSizes sizes = new GrowthSizes(1_000, 5_000, 500, 2, 30, 1);

        Growth.Figures figures = new Growth(
                        Map.of("warehouse", "file://" + directory), directory.resolve("state"), sizes, line -> {})
                .run();

        assertThat(figures.updateCostRatio()).isPositive().isFinite();
        assertThat(figures.commitTimeRatio()).isPositive().isFinite();
        assertThat(figures.startLarge()).isPositive();
        assertThat(figures.recoverLarge().millis()).isPositive();
        assertThat(figures.rebuildLarge().peakHeapMegabytes()).isPositive();
        try (var log = Files.list(directory.resolve("growth/commits/_delta_log"))) {
            assertThat(log.filter(file -> file.getFileName().toString().matches("\\d{20}\\.json")))
                    .hasSizeGreaterThanOrEqualTo(30);
        }
    }
}
