package dev.cdcdelta.admin.pipeline;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.rest.ConnectorPlugins;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Validates both configurations, then writes those that differ from what is there: nothing is written if one is refused. */
public final class PipelineWriter {
    private final Connectors connectors;
    private final ConnectorPlugins plugins;

    public PipelineWriter(Connectors connectors, ConnectorPlugins plugins) {
        this.connectors = connectors;
        this.plugins = plugins;
    }

    /** @param configs in the order in which they are to be written, each with its {@code name} */
    public List<ConfigChange> write(List<Map<String, String>> configs) {
        requirePlugins(configs);
        requireValid(configs);
        List<ConfigChange> changes = new ArrayList<>();
        for (Map<String, String> config : configs) {
            String name = name(config);
            ConfigChange change = ConfigChange.between(name, connectors.config(name), config);
            // Writing an equal configuration would restart the connector for nothing.
            if (change.action() != ConfigChange.Action.UNCHANGED) {
                connectors.configure(name, config);
            }
            changes.add(change);
        }
        return changes;
    }

    private void requirePlugins(List<Map<String, String>> configs) {
        Set<String> known =
                plugins.all().stream().map(ConnectorPlugins.Plugin::className).collect(Collectors.toSet());
        for (Map<String, String> config : configs) {
            String wanted = config.getOrDefault("connector.class", "");
            if (!known.contains(wanted)) {
                throw new CommandException(
                        ExitCode.CHECK_FAILED,
                        "The workers have no plugin " + wanted + ".",
                        "Connector " + name(config) + " needs it.",
                        "Unpack it into a directory of the workers' plugin.path and restart them; 'health' lists what is there.");
            }
        }
    }

    private void requireValid(List<Map<String, String>> configs) {
        List<String> errors = new ArrayList<>();
        for (Map<String, String> config : configs) {
            for (ConnectorPlugins.FieldErrors field : plugins.validate(config)) {
                field.errors().forEach(error -> errors.add(name(config) + ": " + field.field() + ": " + error));
            }
        }
        if (!errors.isEmpty()) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "Connect refuses the configuration; no connector was written.",
                    String.join("\n", errors),
                    "Correct the fields named, for example with --set source.KEY=VALUE or --set sink.KEY=VALUE.");
        }
    }

    private static String name(Map<String, String> config) {
        return config.getOrDefault("name", "");
    }
}
