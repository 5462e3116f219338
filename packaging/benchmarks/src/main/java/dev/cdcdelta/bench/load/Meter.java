package dev.cdcdelta.bench.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Measures from its creation what a process takes, and what others on the machine take meanwhile. */
public final class Meter {
    private final long pid;
    private final List<Long> ours;
    private final long begin = System.nanoTime();
    private final double machine = Processors.machineSeconds();
    private final double ourSeconds;
    private final double seconds;

    /**
     * @param pid whose costs are wanted
     * @param others that belong to the run too; this process always does
     */
    public Meter(long pid, Collection<Long> others) {
        this.pid = pid;
        this.ours = new ArrayList<>(others);
        ours.remove(pid);
        ours.remove(ProcessHandle.current().pid());
        ours.add(pid);
        ours.add(ProcessHandle.current().pid());
        this.ourSeconds = Processors.seconds(ours);
        this.seconds = Processors.seconds(pid);
    }

    /**
     * @param seconds by the clock
     * @param processorSeconds of the process
     * @param peakMemory of the process since its start, in bytes
     * @param foreignCores how many processors others had, on average
     */
    public record Reading(double seconds, double processorSeconds, long peakMemory, double foreignCores) {}

    public Reading read() {
        double elapsed = (System.nanoTime() - begin) / 1e9;
        double foreign = Processors.machineSeconds() - machine - (Processors.seconds(ours) - ourSeconds);
        return new Reading(
                elapsed, Processors.seconds(pid) - seconds, Processors.peakMemory(pid), Math.max(0, foreign / elapsed));
    }
}
