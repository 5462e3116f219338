package dev.cdcdelta.bench.command;

import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Where a suite keeps what it writes. Without an option it is a temporary directory that goes away after a clean run. */
final class WorkDirectory {
    @CommandLine.Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Keep everything in this directory (default: a temporary one, deleted after a clean run).")
    private @Nullable Path chosen;

    Path create() {
        try {
            return chosen == null ? Files.createTempDirectory("bench-") : Files.createDirectories(chosen);
        } catch (IOException e) {
            throw new StackException("No directory for the suite can be created: " + e, e);
        }
    }

    void discard(Path directory) {
        if (chosen != null) {
            return;
        }
        try (var files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new StackException("The directory " + directory + " cannot be deleted: " + e, e);
        }
    }
}
