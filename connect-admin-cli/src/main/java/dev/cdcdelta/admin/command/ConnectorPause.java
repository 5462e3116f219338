package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.pipeline.Goal;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Of several connectors. */
@Command(name = "pause", description = "Pause connectors: their tasks stay, and read or write nothing until 'resume'.")
final class ConnectorPause extends ConnectorVerb {
    @Override
    Optional<String> apply(Connectors connectors, String name) {
        return taken(connectors.pause(name), "pausing");
    }

    @Override
    Goal goal() {
        return Goal.PAUSED;
    }
}
