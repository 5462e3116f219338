package dev.cdcdelta.admin.pipeline;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.rest.ConnectorSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Marks connectors as those of a set of files. Connect has no labels, but keeps keys that a connector does not know. */
public record Ownership(String owner) {
    public static final String KEY = "connect.admin.owner";

    public Ownership {
        if (!owner.matches("[A-Za-z0-9._-]{1,100}")) {
            throw CommandException.usage(
                    "'" + owner + "' cannot name an owner.", "Use letters, digits, points, hyphens and underscores.");
        }
    }

    public List<Map<String, String>> mark(List<Map<String, String>> configs) {
        return configs.stream()
                .map(config -> {
                    Map<String, String> marked = new LinkedHashMap<>(config);
                    marked.put(KEY, owner);
                    return marked;
                })
                .toList();
    }

    /** Connectors that carry the mark and are none of these. */
    public List<ConfigChange> obsolete(Map<String, ConnectorSummary> there, List<Map<String, String>> configs) {
        Set<String> wanted =
                configs.stream().map(config -> config.getOrDefault("name", "")).collect(Collectors.toSet());
        return there.entrySet().stream()
                .filter(connector -> owner.equals(connector.getValue().config().get(KEY)))
                .map(Map.Entry::getKey)
                .filter(name -> !wanted.contains(name))
                .map(ConfigChange::deleted)
                .toList();
    }
}
