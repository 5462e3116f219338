package dev.cdcdelta.stack.command;

import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackDescription;
import dev.cdcdelta.stack.process.StackException;
import dev.cdcdelta.stack.service.StackDirectory;
import java.nio.file.Path;
import picocli.CommandLine;

/** The option that says which stack is meant. */
final class DirectoryOption {
    @CommandLine.Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "The directory that holds everything of the stack.")
    private Path directory = Path.of("");

    Path path() {
        return directory;
    }

    StackDirectory stack() {
        return new StackDirectory(directory);
    }

    /** Of the stack that is up in the directory. */
    StackDescription running() {
        if (!LocalStack.isRunning(directory)) {
            throw new StackException("No stack is running in " + stack().root() + ". Start one with `stack up --dir "
                    + stack().root() + "`.");
        }
        return StackDescription.read(directory)
                .orElseThrow(() -> new StackException("The stack in " + stack().root()
                        + " is still starting. Try again when it is up; `stack status` tells."));
    }
}
