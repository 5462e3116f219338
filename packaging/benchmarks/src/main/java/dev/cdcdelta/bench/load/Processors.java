package dev.cdcdelta.bench.load;

import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;

/** What Linux tells of processors and memory, in /proc. */
public final class Processors {
    private static final Path PROC = Path.of("/proc");
    /** USER_HZ of every Linux that a JVM runs on. */
    private static final double TICKS_PER_SECOND = 100;
    /** Columns of the first line of /proc/stat that are work: all but idle and iowait, and guests, who count as users already. */
    private static final int[] BUSY = {1, 2, 3, 6, 7, 8};

    private Processors() {}

    /** Seconds of processors that a process has had since it began, those of children that have ended not among them. */
    public static double seconds(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Processors::seconds)
                .orElseThrow(() -> new StackException(
                        "Linux does not tell what the process " + pid + " has used. It has ended, or it is not ours."));
    }

    /** Of all of them together. */
    public static double seconds(Collection<Long> pids) {
        return pids.stream().mapToDouble(Processors::seconds).sum();
    }

    /** Seconds of processors that anybody has had since the machine began, what its host took away among them. */
    public static double machineSeconds() {
        String[] columns = lines(PROC.resolve("stat")).split("\n", 2)[0].trim().split(" +");
        double ticks = 0;
        for (int column : BUSY) {
            ticks += Long.parseLong(columns[column]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** The most memory that a process has had at a time, in bytes. */
    public static long peakMemory(long pid) {
        return memory(pid, "VmHWM:");
    }

    /** What a process has of memory now that is not of files, in bytes. */
    public static long anonymousMemory(long pid) {
        return memory(pid, "RssAnon:");
    }

    private static long memory(long pid, String name) {
        return lines(PROC.resolve(Long.toString(pid)).resolve("status"))
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElseThrow(() -> new StackException("Linux does not tell the memory of the process " + pid + "."));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static String lines(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new StackException("The file " + file + " cannot be read: " + e + ". Benchmarks run on Linux.", e);
        }
    }
}
