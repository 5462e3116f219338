package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The topics of one connector. */
@Command(name = "list", description = "List the topics that a connector has read or written since it was created.")
final class TopicsList implements Callable<Integer> {
    @Parameters(
            paramLabel = "CONNECTOR",
            completionCandidates = NameCompletion.Connectors.class,
            description = "Name of the connector.")
    private String name = "";

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        var connectors = new Connectors(where.connect());
        connectors.info(name).orElseThrow(() -> ConnectorLookup.missing(name));
        output.write(new Report.Rows(
                List.of("topic"),
                connectors.activeTopics(name).stream().map(List::of).toList()));
        return ExitCode.OK.number();
    }
}
