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
@Command(
        name = "stop",
        description = "Stop connectors: their tasks end and free what they hold; configuration and offsets stay.")
final class ConnectorStop extends StateVerb {
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
        return taken(connectors.stop(name), "stopping");
    }

    @Override
    Goal goal() {
        return Goal.STOPPED;
    }
}
