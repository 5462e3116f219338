package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.context.ContextSources;
import dev.cdcdelta.admin.context.ContextsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Finds the file of contexts; it has no option, but a variable. */
@Command
final class ContextsOptions {
    // picocli sets it before anything is called.
    @SuppressWarnings("NullAway.Init")
    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee;

    ContextsFile file() {
        return new ContextSources(((ConnectAdmin) mixee.root().userObject()).environment()).requiredContextsFile();
    }
}
