package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.pipeline.Goal;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Of several connectors. */
@Command(name = "resume", description = "Resume connectors after a pause or a stop.")
final class ConnectorResume extends ConnectorVerb {
    @Override
    Optional<String> apply(Connectors connectors, String name) {
        return taken(connectors.resume(name), "resuming");
    }

    @Override
    Goal goal() {
        return Goal.RUNNING;
    }
}
