package dev.cdcdelta.admin.doctor;

import dev.cdcdelta.admin.rest.ConnectorStatus;
import dev.cdcdelta.admin.rest.ConnectorSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connector and all its tasks run. */
public final class ConnectorStateCheck implements Check {
    private final String connector;
    private final @Nullable ConnectorSummary summary;

    /** @param summary null if there is no such connector */
    public ConnectorStateCheck(String connector, @Nullable ConnectorSummary summary) {
        this.connector = connector;
        this.summary = summary;
    }

    @Override
    public String name() {
        return "connector " + connector;
    }

    @Override
    public List<Diagnosis> run() {
        if (summary == null) {
            return List.of(Diagnosis.failed(
                    name(), "There is no connector " + connector + ".", "", "Create it: 'pipeline create'."));
        }
        ConnectorStatus status = summary.status();
        if (status == null) {
            return List.of(Diagnosis.failed(
                    name(),
                    "No worker has taken the connector up.",
                    "The group is rebalancing, or has no worker left.",
                    "Wait for a minute; then look into the workers' logs."));
        }
        if (status.running()) {
            return List.of(Diagnosis.ok(name(), status.tasks().size() + " tasks run."));
        }
        return List.of(status.failure()
                .map(part -> Diagnosis.failed(
                        name(),
                        (part.id() == null ? "The connector" : "Task " + part.id()) + " failed on worker "
                                + part.workerId() + ".",
                        part.firstTraceLine(),
                        "Mend the cause, then POST /connectors/" + connector
                                + "/restart?includeTasks=true&onlyFailed=true."))
                .orElseGet(() -> Diagnosis.warning(
                        name(),
                        "The connector is " + status.connector().state() + " with " + status.runningTasks() + " of "
                                + status.tasks().size() + " tasks running.",
                        "Somebody paused or stopped it, or it has no task yet.",
                        "Resume it: PUT /connectors/" + connector + "/resume.")));
    }
}
