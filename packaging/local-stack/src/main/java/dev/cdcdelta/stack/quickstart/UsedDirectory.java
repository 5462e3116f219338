package dev.cdcdelta.stack.quickstart;

import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.process.StackException;
import dev.cdcdelta.stack.service.StackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Makes room for a new stack: the stand-in's data does not outlive it, so that old tables would match nothing. */
final class UsedDirectory {
    private UsedDirectory() {}

    /** Deletes what an earlier stack has left; refuses a directory that is anything else. */
    static void clear(StackDirectory directory) {
        if (!Files.exists(directory.root())) {
            return;
        }
        if (LocalStack.isRunning(directory.root())) {
            throw new StackException("A stack is running in " + directory.root()
                    + ". End that quickstart, or choose another directory with --dir.");
        }
        try {
            if (isEmpty(directory.root())) {
                return;
            }
            if (!Files.exists(directory.lock())) {
                throw new StackException("The directory " + directory.root()
                        + " holds files that are not a stack's. Choose another with --dir.");
            }
            delete(directory.root());
        } catch (IOException e) {
            throw new StackException(
                    "The directory " + directory.root() + " cannot be emptied: " + e + ". Choose another with --dir.",
                    e);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.findAny().isEmpty();
        }
    }

    /** Symbolic links are deleted, not what they lead to. */
    private static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(directory)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
