package dev.cdcdelta.bench.growth;

import com.sun.management.OperatingSystemMXBean;
import dev.cdcdelta.bench.results.Median;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What something took.
 *
 * @param millis by the clock
 * @param busyMillis of all processors that this process had, upkeep that happened to run included: on a machine that others use it says
 *     more than the clock
 */
public record Cost(double millis, double busyMillis) {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    static Cost of(Runnable work) {
        long busy = SYSTEM.getProcessCpuTime();
        long begin = System.nanoTime();
        work.run();
        return new Cost((System.nanoTime() - begin) / 1e6, (SYSTEM.getProcessCpuTime() - busy) / 1e6);
    }

    static Cost median(Cost... costs) {
        return new Cost(
                Median.of(Arrays.stream(costs).mapToDouble(Cost::millis).toArray()),
                Median.of(Arrays.stream(costs).mapToDouble(Cost::busyMillis).toArray()));
    }
}
