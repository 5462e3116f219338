package dev.cdcdelta.sink.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class PartitionReadingTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    @Test
    void lowerOffsetsThanTheOneSoughtMeanANewTopic() {
        PartitionReading reading = reading(100, OffsetGapPolicy.WARN);
        assertThatThrownBy(() -> reading.admits(0))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("t-0")
                .hasMessageContaining("100")
                .hasMessageContaining("another name");
    }

    @Test
    void theRecordBeforeIsToldFromThoseOfANewTopic() {
        PartitionReading reading = reading(100, OffsetGapPolicy.FAIL);
        assertThat(reading.isBefore(98)).isFalse();
        assertThat(reading.isBefore(99)).isTrue();
        assertThat(reading.admits(100)).isTrue();
        assertThat(reading.isBefore(99)).isFalse();
        assertThat(reading(0, OffsetGapPolicy.FAIL).isBefore(0)).isFalse();
    }

    @Test
    void theRestOfAPollDoesNotCountBehindASeek() {
        PartitionReading reading = reading(100, OffsetGapPolicy.WARN);
        assertThat(reading.admits(100)).isTrue();
        reading.seek(150);
        assertThat(reading.admits(101)).isFalse();
        assertThat(reading.position()).hasValue(150);
        reading.beginPoll();
        assertThat(reading.admits(150)).isTrue();
        assertThat(reading.position()).hasValue(151);
    }

    @Test
    void aGapBehindTheRecordedOffsetStopsTheTaskWhereThatIsAskedFor() {
        assertThatThrownBy(() -> reading(100, OffsetGapPolicy.FAIL).admits(130))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("t-0 goes on at offset 130")
                .hasMessageContaining("up to 100")
                .hasMessageContaining("expired the 30 offsets")
                .hasMessageContaining("offset.gap.policy");
        assertThat(reading(100, OffsetGapPolicy.WARN).admits(130)).isTrue();
    }

    @Test
    void onlyTheFirstRecordCanTellOfAGap() {
        PartitionReading reading = reading(100, OffsetGapPolicy.FAIL);
        assertThat(reading.admits(100)).isTrue();
        assertThat(reading.admits(170)).isTrue();
    }

    @Test
    void aPartitionOfWhichNothingWasReadHasNoGap() {
        assertThat(reading(0, OffsetGapPolicy.FAIL).admits(500)).isTrue();
        assertThat(new PartitionReading(PARTITION, OptionalLong.empty(), OffsetGapPolicy.FAIL).admits(500))
                .isTrue();
    }

    private static PartitionReading reading(long start, OffsetGapPolicy gaps) {
        return new PartitionReading(PARTITION, OptionalLong.of(start), gaps);
    }
}
