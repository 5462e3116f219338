package dev.cdcdelta.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class MeterTest {
    @Test
    void processorsOfThisProcessAreItsOwnAndNotForeign() {
        Meter meter = new Meter(ProcessHandle.current().pid(), List.of());

        double sum = 0;
        Meter.Reading reading = meter.read();
        while (reading.processorSeconds() < 0.5) {
            for (int i = 0; i < 1_000_000; i++) {
                sum += Math.sqrt(i);
            }
            reading = meter.read();
        }

        assertThat(sum).isPositive();
        assertThat(reading.seconds()).isPositive();
        assertThat(reading.peakMemory()).isGreaterThan(10L << 20);
        assertThat(reading.foreignCores()).isLessThan(Runtime.getRuntime().availableProcessors() + 0.5);
    }
}
