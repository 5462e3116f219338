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

/** Validates all configurations, then writes those that differ from what is there: nothing is written if one is refused. */
public final class PipelineWriter {
    private final Connectors connectors;
    private final ConnectorPlugins plugins;

    public PipelineWriter(Connectors connectors, ConnectorPlugins plugins) {
        this.connectors = connectors;
        this.plugins = plugins;
    }

    /**
     * What was done to each connector.
     *
     * @param configs in the order in which they are to be written, each with its {@code name}
     */
    public List<ConfigChange> write(List<Map<String, String>> configs) {
        requireValid(configs);
        List<ConfigChange> changes = plan(configs);
        for (int i = 0; i < configs.size(); i++) {
            // Writing an equal configuration would restart the connector for nothing.
            if (changes.get(i).isChange()) {
                connectors.configure(name(configs.get(i)), configs.get(i));
            }
        }
        return changes;
    }

    /** What {@link #write} would do to each, in their order. */
    public List<ConfigChange> plan(List<Map<String, String>> configs) {
        return configs.stream()
                .map(config -> ConfigChange.between(name(config), connectors.config(name(config)), config))
                .toList();
    }

    /** What Connect's validation finds; empty if it finds nothing. */
    public List<ConfigError> errors(List<Map<String, String>> configs) {
        requirePlugins(configs);
        List<ConfigError> errors = new ArrayList<>();
        for (Map<String, String> config : configs) {
            for (ConnectorPlugins.FieldErrors field : plugins.validate(config)) {
                field.errors().forEach(error -> errors.add(ConfigError.of(config, field.field(), error)));
            }
        }
        return errors;
    }

    private void requirePlugins(List<Map<String, String>> configs) {
        Set<String> known =
                plugins.all().stream().map(ConnectorPlugins.Plugin::className).collect(Collectors.toSet());
        for (Map<String, String> config : configs) {
            String wanted = config.getOrDefault("connector.class", "");
            // Connect takes a class by the last part of its name, too.
            if (known.stream().noneMatch(name -> name.equals(wanted) || name.endsWith("." + wanted))) {
                throw new CommandException(
                        ExitCode.CHECK_FAILED,
                        "The workers have no plugin " + wanted + ".",
                        "Connector " + name(config) + " needs it.",
                        "Unpack it into a directory of the workers' plugin.path and restart them; 'health' lists what is there.");
            }
        }
    }

    /** @throws CommandException with every key that Connect refuses */
    public void requireValid(List<Map<String, String>> configs) {
        List<ConfigError> errors = errors(configs);
        if (!errors.isEmpty()) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "Connect refuses the configuration; no connector was written.",
                    errors.stream().map(ConfigError::toString).collect(Collectors.joining("\n")),
                    "Correct the fields named; those of a pipeline with --set source.KEY=VALUE or --set sink.KEY=VALUE.");
        }
    }

    private static String name(Map<String, String> config) {
        return config.getOrDefault("name", "");
    }
}
