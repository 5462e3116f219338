package dev.cdcdelta.stack.command;

import dev.cdcdelta.stack.process.StackException;
import picocli.CommandLine;

/** The parameter that says which worker is meant. */
final class WorkerParameter {
    @CommandLine.Parameters(
            arity = "0..1",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Which worker, counted from 1 (default: ${DEFAULT-VALUE}).")
    private int number = 1;

    int number() {
        if (number < 1) {
            throw new StackException("Workers are counted from 1; there is no worker " + number + ".");
        }
        return number;
    }

    /** As in the pids of a stack's description. */
    String name() {
        return number() == 1 ? "worker" : "worker" + number;
    }
}
