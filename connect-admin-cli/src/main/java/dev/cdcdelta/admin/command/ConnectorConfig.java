package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The configuration of one connector. */
@Command(
        name = "config",
        description = "Show the configuration of a connector; secrets that are no references are hidden.")
final class ConnectorConfig implements Callable<Integer> {
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
        output.write(ShownConfig.facts(
                new Connectors(where.connect()).config(name).orElseThrow(() -> ConnectorLookup.missing(name))));
        return ExitCode.OK.number();
    }
}
