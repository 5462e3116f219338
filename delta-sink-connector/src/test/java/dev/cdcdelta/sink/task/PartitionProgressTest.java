package dev.cdcdelta.sink.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    @Test
    void offsetsMayHaveGapsAndRepeatsAreSkipped() {
        PartitionProgress progress = new PartitionProgress(PARTITION, OptionalLong.empty());
        assertThat(progress.accept(5)).isTrue();
        assertThat(progress.accept(9)).isTrue();
        assertThat(progress.accept(9)).isFalse();
        assertThat(progress.durable()).isEmpty();
        progress.flushed();
        assertThat(progress.durable()).hasValue(10);
    }

    @Test
    void lowerOffsetsThanTheOneSoughtMeanANewTopic() {
        PartitionProgress progress = new PartitionProgress(PARTITION, OptionalLong.of(100));
        assertThat(progress.durable()).hasValue(100);
        assertThatThrownBy(() -> progress.accept(0))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("t-0")
                .hasMessageContaining("100")
                .hasMessageContaining("another name");
    }

    @Test
    void theRestOfAPollDoesNotCountBehindARewind() {
        PartitionProgress progress = new PartitionProgress(PARTITION, OptionalLong.of(100));
        assertThat(progress.accept(100)).isTrue();
        progress.rewind(OptionalLong.of(150), 150);
        assertThat(progress.accept(101)).isFalse();
        assertThat(progress.accept(151)).isFalse();
        progress.flushed();
        assertThat(progress.durable()).hasValue(100);
        progress.beginPoll();
        assertThat(progress.accept(150)).isTrue();
        progress.flushed();
        assertThat(progress.durable()).hasValue(151);
        assertThat(progress.recorded()).hasValue(150);
    }
}
