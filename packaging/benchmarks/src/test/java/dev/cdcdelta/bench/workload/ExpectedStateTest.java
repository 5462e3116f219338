package dev.cdcdelta.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpectedStateTest {
    private final ExpectedState state = new ExpectedState(3);

    @Test
    void newestEventOfEachDocumentCounts() {
        apply(1, 0, Operation.INSERT);
        apply(2, 1, Operation.INSERT);
        apply(3, 0, Operation.UPDATE);

        assertThat(state.live()).isEqualTo(2);
        assertThat(state.sequence(0)).isEqualTo(3);
        assertThat(state.isUnknown(2)).isTrue();
    }

    @Test
    void olderEventThatComesLateChangesNothing() {
        apply(5, 0, Operation.UPDATE);
        apply(4, 0, Operation.DELETE);

        assertThat(state.isLive(0)).isTrue();
        assertThat(state.sequence(0)).isEqualTo(5);
    }

    @Test
    void deletedDocumentStaysDeletedUntilANewerEventInsertsIt() {
        apply(5, 0, Operation.INSERT);
        apply(6, 0, Operation.DELETE);
        apply(5, 0, Operation.UPDATE);
        assertThat(state.isLive(0)).isFalse();
        assertThat(state.live()).isZero();

        apply(7, 0, Operation.INSERT);
        assertThat(state.isLive(0)).isTrue();
        assertThat(state.live()).isEqualTo(1);
    }

    @Test
    void sameEventTwiceCountsOnce() {
        apply(1, 0, Operation.INSERT);
        apply(1, 0, Operation.UPDATE);
        apply(2, 0, Operation.DELETE);
        apply(2, 0, Operation.DELETE);

        assertThat(state.live()).isZero();
    }

    private void apply(long sequence, int key, Operation operation) {
        state.apply(new Event(sequence, key, operation));
    }
}
