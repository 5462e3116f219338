package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.rest.ConnectorStatus;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The states of one connector and its tasks. */
@Command(
        name = "status",
        description = {
            "Show the states of a connector and its tasks, and why a failed one failed.",
            "Ends with 1 unless the connector and all its tasks run."
        })
final class ConnectorStatusCommand implements Callable<Integer> {
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
        ConnectorStatus status =
                new Connectors(where.connect()).status(name).orElseThrow(() -> ConnectorLookup.missing(name));
        var rows = new StatusRows();
        rows.add(name, status);
        output.write(rows.report());
        return (status.running() ? ExitCode.OK : ExitCode.CHECK_FAILED).number();
    }
}
