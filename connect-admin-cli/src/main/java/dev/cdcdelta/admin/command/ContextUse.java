package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.context.ContextsFile;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Sets the context that holds where none is named. */
@Command(name = "use", description = "Use a context wherever --context and CONNECT_ADMIN_CONTEXT name none.")
final class ContextUse implements Callable<Integer> {
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
        file.write(file.read().using(name));
        output.write(new Report.Facts(Map.of("current", name)));
        return ExitCode.OK.number();
    }
}
