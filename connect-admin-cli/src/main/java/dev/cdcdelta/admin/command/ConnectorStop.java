package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.pipeline.Goal;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Of several connectors. */
@Command(
        name = "stop",
        description = "Stop connectors: their tasks end and free what they hold; configuration and offsets stay.")
final class ConnectorStop extends ConnectorVerb {
    @Override
    Optional<String> apply(Connectors connectors, String name) {
        return taken(connectors.stop(name), "stopping");
    }

    @Override
    Goal goal() {
        return Goal.STOPPED;
    }
}
