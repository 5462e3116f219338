package dev.cdcdelta.bench.results;

import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where something was measured.
 *
 * @param processor its model
 * @param java the version of the JVM
 */
public record Machine(String processor, int cores, long memoryGigabytes, String java) {
    /** This one, as Linux tells. */
    public static Machine here() {
        return new Machine(
                line("cpuinfo", "model name").replaceAll("\\s+", " "),
                Runtime.getRuntime().availableProcessors(),
                Math.round(Long.parseLong(line("meminfo", "MemTotal").replaceAll("[^0-9]", "")) / 1048576.0),
                System.getProperty("java.version"));
    }

    private static String line(String file, String name) {
        Path path = Path.of("/proc", file);
        try {
            return Files.readString(path)
                    .lines()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("0");
        } catch (IOException e) {
            throw new StackException("The file " + path + " cannot be read: " + e + ". Benchmarks run on Linux.", e);
        }
    }

    @Override
    public String toString() {
        return cores + " cores of " + processor + ", " + memoryGigabytes + " GiB, Java " + java;
    }
}
