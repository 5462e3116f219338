package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.pipeline.Goal;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Restarts a connector with its tasks, or one task. */
@Command(name = "restart", description = "Restart a connector and its tasks, or what failed of them, or one task.")
final class ConnectorRestart extends StateVerb {
    @Parameters(
            paramLabel = "CONNECTOR",
            completionCandidates = NameCompletion.Connectors.class,
            description = "Name of the connector.")
    private String name = "";

    @Option(names = "--only-failed", description = "Leave alone what runs.")
    private boolean onlyFailed;

    @Option(names = "--task", paramLabel = "N", description = "Restart this task alone.")
    private @Nullable Integer task;

    @Override
    List<String> connectors(ConnectHttp http) {
        return List.of(name);
    }

    @Override
    Optional<String> apply(Connectors connectors, String connector) {
        boolean there =
                task == null ? connectors.restart(connector, onlyFailed) : connectors.restartTask(connector, task);
        return taken(there, "restarting");
    }

    @Override
    Goal goal() {
        return Goal.RUNNING;
    }
}
