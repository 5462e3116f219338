package dev.cdcdelta.admin.pipeline;

import dev.cdcdelta.admin.rest.ConnectorStatus;
import dev.cdcdelta.admin.rest.ConnectorSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as Connect knows it; one of its connectors may be missing.
 *
 * @param reconciliation null where the pipeline has none, which is no fault
 */
public record Pipeline(
        PipelineName name,
        @Nullable ConnectorSummary source,
        @Nullable ConnectorSummary sink,
        @Nullable ConnectorSummary reconciliation) {
    /** All pipelines among the connectors of a cluster; other connectors are left out. */
    public static Map<PipelineName, Pipeline> among(Map<String, ConnectorSummary> connectors) {
        Map<PipelineName, Pipeline> pipelines = new TreeMap<>();
        connectors.forEach((connector, summary) -> {
            String className = summary.config().getOrDefault("connector.class", "");
            if (className.endsWith("MongoDbConnector")) {
                PipelineName.ofSource(connector)
                        .ifPresent(
                                name -> pipelines.merge(name, new Pipeline(name, summary, null, null), Pipeline::with));
            } else if (className.endsWith("DeltaSinkConnector")) {
                PipelineName.ofSink(connector)
                        .ifPresent(
                                name -> pipelines.merge(name, new Pipeline(name, null, summary, null), Pipeline::with));
            } else if (className.endsWith("ReconciliationConnector")) {
                PipelineName.ofReconciliation(connector)
                        .ifPresent(
                                name -> pipelines.merge(name, new Pipeline(name, null, null, summary), Pipeline::with));
            }
        });
        return pipelines;
    }

    private Pipeline with(Pipeline other) {
        return new Pipeline(
                name,
                source == null ? other.source : source,
                sink == null ? other.sink : sink,
                reconciliation == null ? other.reconciliation : reconciliation);
    }

    /** The names of its connectors that are there, in the order in which data flows. */
    public List<String> connectors() {
        List<String> names = new ArrayList<>();
        if (source != null) {
            names.add(name.source());
        }
        if (sink != null) {
            names.add(name.sink());
        }
        if (reconciliation != null) {
            names.add(name.reconciliation());
        }
        return names;
    }

    public String sourceState() {
        return state(source);
    }

    public String sinkState() {
        return state(sink);
    }

    /** {@code none} where the pipeline has no reconciliation. */
    public String reconciliationState() {
        return reconciliation == null ? "none" : state(reconciliation);
    }

    /** True if source and sink are there and they, a reconciliation, and all their tasks run. */
    public boolean running() {
        return isRunning(source) && isRunning(sink) && (reconciliation == null || isRunning(reconciliation));
    }

    /** Running and all tasks of source and sink, as in {@code 3/4}. */
    public String taskCount() {
        long running = status(source).map(ConnectorStatus::runningTasks).orElse(0L)
                + status(sink).map(ConnectorStatus::runningTasks).orElse(0L);
        int all = status(source).map(status -> status.tasks().size()).orElse(0)
                + status(sink).map(status -> status.tasks().size()).orElse(0);
        return running + "/" + all;
    }

    public Optional<String> setting(String key) {
        for (ConnectorSummary connector : new ConnectorSummary[] {sink, source}) {
            if (connector != null && connector.config().containsKey(key)) {
                return Optional.of(SecretReference.shown(key, connector.config().getOrDefault(key, "")));
            }
        }
        return Optional.empty();
    }

    private static Optional<ConnectorStatus> status(@Nullable ConnectorSummary connector) {
        return Optional.ofNullable(connector).map(ConnectorSummary::status);
    }

    private static boolean isRunning(@Nullable ConnectorSummary connector) {
        return status(connector).filter(ConnectorStatus::running).isPresent();
    }

    /** The worst state among the connector and its tasks. */
    private static String state(@Nullable ConnectorSummary connector) {
        if (connector == null) {
            return "missing";
        }
        return status(connector)
                .map(status -> status.failure()
                        .map(ConnectorStatus.Part::state)
                        .orElseGet(() -> status.running() || !status.connector().running()
                                ? status.connector().state()
                                : "UNASSIGNED"))
                .orElse("UNASSIGNED");
    }
}
