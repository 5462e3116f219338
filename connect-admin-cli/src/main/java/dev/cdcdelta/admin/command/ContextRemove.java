package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.context.ContextsFile;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a context out of the file. */
@Command(name = "remove", description = "Remove a context from the file; nothing else is touched.")
final class ContextRemove implements Callable<Integer> {
    @Parameters(
            paramLabel = "CONTEXT",
            completionCandidates = NameCompletion.Contexts.class,
            description = "Name of the context.")
    private String name = "";

    @Mixin
    private ContextsOptions contexts = new ContextsOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        ContextsFile file = contexts.file();
        file.write(file.read().without(name));
        output.write(new Report.Facts(Map.of("removed", name)));
        return ExitCode.OK.number();
    }
}
