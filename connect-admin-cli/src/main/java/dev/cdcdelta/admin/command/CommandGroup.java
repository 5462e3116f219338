package dev.cdcdelta.admin.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that needs one of its subcommands. */
abstract class CommandGroup implements Runnable {
    // picocli sets it before anything is called.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing a verb: one of " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
