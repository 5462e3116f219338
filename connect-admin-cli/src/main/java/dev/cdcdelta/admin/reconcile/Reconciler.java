package dev.cdcdelta.admin.reconcile;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.rest.ConnectorSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A reconciliation connector: where it writes, and which collections are its own. Several may share their topics. */
public record Reconciler(String name, Map<String, String> config) {
    private static final String CLASS = "dev.cdcdelta.reconcile.ReconciliationConnector";

    public Reconciler {
        config = Map.copyOf(config);
    }

    public String findingsTopic() {
        return config.getOrDefault("findings.topic", "reconciliation.findings");
    }

    public String reportTopic() {
        return config.getOrDefault("report.topic", "reconciliation.reports");
    }

    public String progressTopic() {
        return config.getOrDefault("progress.topic", "reconciliation.progress");
    }

    public String planTopic() {
        return config.getOrDefault("plan.topic", "reconciliation.plans");
    }

    public boolean looksAt(String database, String collection) {
        return database.equals(config.get("database"))
                && pattern().matcher(collection).matches();
    }

    private Pattern pattern() {
        String text = config.getOrDefault("collections", ".*");
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'collections' of connector " + name + " is '" + text + "', which is no regular expression", e);
        }
    }

    /** The sink whose table is looked at. */
    public String sink() {
        return config.getOrDefault("sink.connector", "");
    }

    /**
     * The one that is meant.
     *
     * @param name null for the only one of the cluster
     */
    public static Reconciler among(Map<String, ConnectorSummary> connectors, @Nullable String name) {
        List<Reconciler> all = new ArrayList<>();
        connectors.forEach((connector, summary) -> {
            if (CLASS.equals(summary.config().get("connector.class"))
                    && (name == null || Objects.equals(name, connector))) {
                all.add(new Reconciler(connector, summary.config()));
            }
        });
        if (all.size() == 1) {
            return all.get(0);
        }
        List<String> names = all.stream().map(Reconciler::name).toList();
        throw new CommandException(
                all.isEmpty() ? ExitCode.NOT_FOUND : ExitCode.USAGE,
                all.isEmpty()
                        ? "There is no reconciliation connector" + (name == null ? "." : " '" + name + "'.")
                        : "There are several reconciliation connectors.",
                all.isEmpty() ? "" : "They are " + String.join(", ", names) + ".",
                all.isEmpty()
                        ? "Create one: docs/explanation/reconciliation.md has a configuration."
                        : "Name the one you mean with --connector.");
    }
}
