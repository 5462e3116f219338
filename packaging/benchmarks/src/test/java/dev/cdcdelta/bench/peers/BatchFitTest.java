package dev.cdcdelta.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchFitTest {
    @Test
    void batchFillsTheIntervalAfterItsFixedPart() {
        // 2 s, and 0.1 ms a record
        assertThat(BatchFit.recordsFor(10, 10_000, 3, 50_000, 7)).isEqualTo(80_000);
    }

    @Test
    void intervalThatTheFixedPartFillsLeavesTheSmallBatch() {
        assertThat(BatchFit.recordsFor(2, 10_000, 3, 50_000, 7)).isEqualTo(10_000);
    }

    @Test
    void batchThatTookLessGrowsAndNoneShrinks() {
        assertThat(BatchFit.fills(10, 8.6)).isTrue();
        assertThat(BatchFit.fills(10, 30)).isTrue();
        assertThat(BatchFit.fills(10, 8.4)).isFalse();
        assertThat(BatchFit.grown(10, 50_000, 5)).isEqualTo(100_000);
        assertThat(BatchFit.grown(10, 50_000, 0.1)).isEqualTo(200_000);
        assertThat(BatchFit.grown(10, 50_000, 20)).isEqualTo(50_000);
    }

    @Test
    void largerBatchThatTookNoLongerIsTakenAsTheMeasure() {
        assertThat(BatchFit.recordsFor(10, 10_000, 5, 50_000, 5)).isEqualTo(100_000);
    }
}
