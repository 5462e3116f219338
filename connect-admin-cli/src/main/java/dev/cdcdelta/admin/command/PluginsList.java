package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.rest.ConnectorPlugins;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One line a plugin. */
@Command(name = "list", description = "List the plugins of the workers with their versions.")
final class PluginsList implements Callable<Integer> {
    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only source, sink, converter, header_converter, transformation or predicate.")
    private @Nullable String type;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        output.write(new Report.Rows(
                List.of("class", "type", "version"),
                new ConnectorPlugins(where.connect())
                        .all().stream()
                                .filter(plugin -> type == null || plugin.type().equals(type))
                                .sorted(Comparator.comparing(ConnectorPlugins.Plugin::type)
                                        .thenComparing(ConnectorPlugins.Plugin::className))
                                .map(plugin -> Arrays.<@Nullable Object>asList(
                                        plugin.className(), plugin.type(), plugin.version()))
                                .toList()));
        return ExitCode.OK.number();
    }
}
