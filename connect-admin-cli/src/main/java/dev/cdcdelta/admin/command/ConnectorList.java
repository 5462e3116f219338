package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.rest.ConnectorStatus;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One line a connector. */
@Command(name = "list", description = "List the connectors of the cluster with their states.")
final class ConnectorList implements Callable<Integer> {
    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        new Connectors(where.connect()).all().forEach((name, connector) -> {
            ConnectorStatus status = connector.status();
            rows.add(Arrays.asList(
                    name,
                    connector.info() == null ? null : connector.info().type(),
                    status == null ? "UNASSIGNED" : status.connector().state(),
                    status == null
                            ? "0/0"
                            : status.runningTasks() + "/" + status.tasks().size(),
                    connector.config().get("connector.class")));
        });
        output.write(new Report.Rows(List.of("connector", "type", "state", "tasks", "class"), rows));
        return ExitCode.OK.number();
    }
}
