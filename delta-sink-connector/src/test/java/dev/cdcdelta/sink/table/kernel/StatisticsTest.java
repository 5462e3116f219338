package dev.cdcdelta.sink.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void whatOtherWritersSaidIsKeptToTheDigit() {
        assertThat(
                        Statistics.withWideBounds(
                                "{\"numRecords\":2,\"minValues\":{\"d\":10.50,\"f\":-0.0},\"tightBounds\":true,\"x\":12345678901234567890}"))
                .isEqualTo(
                        "{\"numRecords\":2,\"minValues\":{\"d\":10.50,\"f\":-0.0},\"x\":12345678901234567890,\"tightBounds\":false}");
    }

    @Test
    void aFileWithoutStatisticsIsGivenItsNumberOfRows() {
        assertThat(Statistics.withRowCount(Optional.empty(), 7)).isEqualTo("{\"numRecords\":7}");
        assertThat(Statistics.withRowCount(Optional.of("{\"nullCount\":{}}"), 7))
                .isEqualTo("{\"nullCount\":{},\"numRecords\":7}");
    }
}
