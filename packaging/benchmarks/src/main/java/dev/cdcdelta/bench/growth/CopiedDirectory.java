package dev.cdcdelta.bench.growth;

import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A directory with all that is in it. */
final class CopiedDirectory {
    private CopiedDirectory() {}

    static void copy(Path from, Path to) {
        try (Stream<Path> walk = Files.walk(from)) {
            List<Path> all = walk.toList();
            for (Path each : all) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target);
                }
            }
        } catch (IOException e) {
            throw new StackException(
                    "The directory " + from + " cannot be copied to " + to + ": " + e
                            + ". See whether the disk is full (--dir names another).",
                    e);
        }
    }
}
