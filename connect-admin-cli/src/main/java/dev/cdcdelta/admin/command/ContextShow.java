package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.context.Contexts;
import dev.cdcdelta.admin.context.ContextsFile;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What a context says. */
@Command(name = "show", description = "Show what a context says; of secrets their places.")
final class ContextShow implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "CONTEXT",
            completionCandidates = NameCompletion.Contexts.class,
            description = "Name of the context (the current one).")
    private @Nullable String name;

    @Mixin
    private ContextsOptions contexts = new ContextsOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        ContextsFile file = contexts.file();
        Contexts all = file.read();
        String wanted = name == null ? all.current() : name;
        if (wanted == null) {
            throw CommandException.usage(
                    "No context is current.", "Name one of 'context list', or choose one with 'context use'.");
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("context", wanted);
        facts.put("file", file.path().toString());
        facts.putAll(all.require(wanted).shown());
        output.write(new Report.Facts(facts));
        return ExitCode.OK.number();
    }
}
