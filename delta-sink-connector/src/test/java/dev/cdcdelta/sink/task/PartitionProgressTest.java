package dev.cdcdelta.sink.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {
    private static final OptionalLong NONE = OptionalLong.empty();

    @Test
    void offsetsMayHaveGapsAndRepeatsAreSkipped() {
        PartitionProgress progress = PartitionProgress.from(NONE);
        assertThat(progress.accepts(5)).isTrue();
        progress = progress.accepted(5).accepted(9);
        assertThat(progress.accepts(9)).isFalse();
        assertThat(progress.accepts(10)).isTrue();
        assertThat(progress.pending()).hasValue(5);
        assertThat(progress.next()).isEqualTo(10);
    }

    @Test
    void whatTheTableHasIsNotTakenAgain() {
        PartitionProgress progress = PartitionProgress.from(OptionalLong.of(100));
        assertThat(progress.accepts(99)).isFalse();
        assertThat(progress.accepts(100)).isTrue();
        assertThat(progress.recorded()).hasValue(100);
    }

    @Test
    void theNextBatchIsFilledWhileTheLastIsFlushed() {
        PartitionProgress progress = PartitionProgress.from(NONE)
                .accepted(1)
                .handedOver()
                .accepted(2)
                .accepted(3);
        assertThat(progress.pending()).hasValue(1);
        PartitionProgress committed = progress.committed(OptionalLong.of(2));
        assertThat(committed.pending()).hasValue(2);
        assertThat(committed.recorded()).hasValue(2);
        assertThat(committed.handedOver().committed(OptionalLong.of(4)).pending())
                .isEmpty();
        assertThatThrownBy(progress::handedOver).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRewindGoesToTheFirstPendingRecordUnlessTheTableMovedOn() {
        PartitionProgress flushing = PartitionProgress.from(OptionalLong.of(10))
                .accepted(12)
                .handedOver()
                .accepted(13);
        assertThat(flushing.rewound(OptionalLong.of(10)).next()).isEqualTo(12);
        PartitionProgress moved = flushing.rewound(OptionalLong.of(50));
        assertThat(moved.next()).isEqualTo(50);
        assertThat(moved.recorded()).hasValue(50);
        assertThat(moved.pending()).isEmpty();
    }

    @Test
    void aRewindWithoutAnythingPendingStaysWhereItIs() {
        PartitionProgress idle = PartitionProgress.from(OptionalLong.of(10));
        assertThat(idle.rewound(OptionalLong.of(10))).isEqualTo(idle);
        PartitionProgress unheardOf = PartitionProgress.from(NONE).accepted(70);
        assertThat(unheardOf.rewound(OptionalLong.of(0)).next()).isEqualTo(70);
    }

    @Test
    void aPartitionThatWasOnlyPutDownGoesOnFromThere() {
        PartitionProgress putDown = PartitionProgress.from(NONE).committed(OptionalLong.of(0));
        assertThat(putDown.recorded()).hasValue(0);
        assertThat(putDown.accepts(0)).isTrue();
        PartitionProgress buffered = PartitionProgress.from(NONE).accepted(7).committed(OptionalLong.of(0));
        assertThat(buffered.recorded()).hasValue(0);
        assertThat(buffered.pending()).hasValue(7);
    }

    @Test
    void anOffsetOfAnotherOwnerIsNotTakenForOursWhileOlderRecordsAreBuffered() {
        PartitionProgress buffered = PartitionProgress.from(OptionalLong.of(5)).accepted(5);
        assertThat(buffered.committed(OptionalLong.of(9)).recorded()).hasValue(5);
        PartitionProgress idle = PartitionProgress.from(OptionalLong.of(5)).committed(OptionalLong.of(9));
        assertThat(idle.accepts(8)).isFalse();
    }
}
