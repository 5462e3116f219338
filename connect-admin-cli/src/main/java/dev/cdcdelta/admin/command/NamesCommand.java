package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.context.ContextSources;
import dev.cdcdelta.admin.context.ContextsFile;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.pipeline.Pipeline;
import dev.cdcdelta.admin.pipeline.PipelineName;
import dev.cdcdelta.admin.rest.ConnectorPlugins;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a shell asks when it completes a name. */
@Command(name = "names", hidden = true, description = "Print names, one a line, for the completion of a shell.")
final class NamesCommand implements Callable<Integer> {
    // picocli sets it before anything is called.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "KIND", description = "contexts, connectors, pipelines or plugins.")
    private NameKind kind = NameKind.CONNECTORS;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Override
    public Integer call() {
        try {
            names().forEach(spec.commandLine().getOut()::println);
        } catch (CommandException e) {
            // A shell shows what it gets; that nobody answers is no name, and is told by the command that follows.
            return e.exitCode().number();
        }
        spec.commandLine().getOut().flush();
        return ExitCode.OK.number();
    }

    private Collection<String> names() {
        return switch (kind) {
            case CONTEXTS ->
                new ContextSources(where.environment())
                        .contextsFile()
                        .map(ContextsFile::read)
                        .<Collection<String>>map(contexts -> contexts.byName().keySet())
                        .orElse(List.of());
            case CONNECTORS -> new Connectors(where.connect()).names();
            case PIPELINES ->
                Pipeline.among(new Connectors(where.connect()).all()).keySet().stream()
                        .map(PipelineName::value)
                        .toList();
            case PLUGINS ->
                new ConnectorPlugins(where.connect())
                        .all().stream().map(ConnectorPlugins.Plugin::className).toList();
        };
    }
}
