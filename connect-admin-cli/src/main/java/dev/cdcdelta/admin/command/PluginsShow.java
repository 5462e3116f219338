package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.rest.ConnectorPlugins;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The keys of one plugin. */
@Command(name = "show", description = "Show the keys of a plugin's configuration.")
final class PluginsShow implements Callable<Integer> {
    @Parameters(
            paramLabel = "CLASS",
            completionCandidates = NameCompletion.Plugins.class,
            description = "Class of the plugin; of a connector the last part is enough.")
    private String className = "";

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        List<ConnectorPlugins.Key> keys = new ConnectorPlugins(where.connect())
                .keys(className)
                .orElseThrow(() -> new CommandException(
                        ExitCode.NOT_FOUND,
                        "The workers have no plugin '" + className + "'.",
                        "",
                        "Name one that 'plugins list' shows."));
        output.write(new Report.Rows(
                List.of("key", "type", "required", "default", "importance", "documentation"),
                keys.stream()
                        .map(key -> Arrays.<@Nullable Object>asList(
                                key.name(),
                                key.type().toLowerCase(Locale.ROOT),
                                key.required(),
                                key.defaultValue(),
                                key.importance().toLowerCase(Locale.ROOT),
                                key.documentation()))
                        .toList()));
        return ExitCode.OK.number();
    }
}
