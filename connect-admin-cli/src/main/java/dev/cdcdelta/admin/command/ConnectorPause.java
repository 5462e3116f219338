package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.pipeline.Goal;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Of several connectors. */
@Command(name = "pause", description = "Pause connectors: their tasks stay, and read or write nothing until 'resume'.")
final class ConnectorPause extends StateVerb {
    @Parameters(
            arity = "1..*",
            paramLabel = "CONNECTOR",
            completionCandidates = NameCompletion.Connectors.class,
            description = "Names of the connectors.")
    private List<String> names = new ArrayList<>();

    @Override
    List<String> connectors(ConnectHttp http) {
        return names;
    }

    @Override
    Optional<String> apply(Connectors connectors, String name) {
        return taken(connectors.pause(name), "pausing");
    }

    @Override
    Goal goal() {
        return Goal.PAUSED;
    }
}
