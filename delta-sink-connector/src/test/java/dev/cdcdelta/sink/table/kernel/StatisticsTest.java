package dev.cdcdelta.sink.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void whatOtherWritersSaidIsKeptToTheDigit() {
        assertThat(
                        Statistics.withWideBounds(
                                "f.parquet",
                                "{\"numRecords\":2,\"minValues\":{\"d\":10.50,\"f\":-0.0},\"tightBounds\":true,\"x\":12345678901234567890}"))
                .isEqualTo(
                        "{\"numRecords\":2,\"minValues\":{\"d\":10.50,\"f\":-0.0},\"x\":12345678901234567890,\"tightBounds\":false}");
    }

    @Test
    void aFileWithoutStatisticsIsGivenItsNumberOfRows() {
        assertThat(Statistics.withRowCount("f.parquet", Optional.empty(), 7)).isEqualTo("{\"numRecords\":7}");
        assertThat(Statistics.withRowCount("f.parquet", Optional.of("{\"nullCount\":{}}"), 7))
                .isEqualTo("{\"nullCount\":{},\"numRecords\":7}");
    }

    @Test
    void statisticsThatCannotBeReadAreNamedByTheirFileAndNotShown() {
        String broken = "{\"minValues\":{\"name\":Alice}}";

        assertNamedAndNotShown(() -> Statistics.withWideBounds("f.parquet", broken));
        assertNamedAndNotShown(() -> Statistics.withRowCount("f.parquet", Optional.of(broken), 7));
        assertNamedAndNotShown(() -> Statistics.rowCount("f.parquet", broken));
    }

    private static void assertNamedAndNotShown(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("f.parquet")
                .satisfies(
                        failure -> assertThat(Throwables.getStackTrace(failure)).doesNotContain("Alice"));
    }
}
