package dev.cdcdelta.stack.command;

import dev.cdcdelta.stack.process.StackException;
import picocli.CommandLine;

/** A failure of the stack says what to do about it: its message is shown, not where it comes from, and the exit code is 1. */
public final class StackFailures implements CommandLine.IExecutionExceptionHandler {
    private StackFailures() {}

    /** A command whose failures are shown that way. */
    public static CommandLine toldBy(Object command) {
        return new CommandLine(command).setExecutionExceptionHandler(new StackFailures());
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof StackException) {
            commandLine.getErr().println(failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }
}
