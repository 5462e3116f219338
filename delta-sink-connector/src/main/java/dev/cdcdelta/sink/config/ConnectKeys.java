package dev.cdcdelta.sink.config;

import java.util.List;
import java.util.Set;

/** The keys of a sink connector that Kafka Connect itself reads. */
final class ConnectKeys {
    private static final Set<String> NAMES = Set.of(
            "name",
            "connector.class",
            "connector.plugin.version",
            "tasks.max",
            "tasks.max.enforce",
            "topics",
            "topics.regex",
            "transforms",
            "predicates",
            "config.action.reload",
            "key.converter",
            "value.converter",
            "header.converter");

    private static final List<String> PREFIXES = List.of(
            "key.converter.",
            "value.converter.",
            "header.converter.",
            "transforms.",
            "predicates.",
            "errors.",
            "consumer.override.",
            "producer.override.",
            "admin.override.");

    private ConnectKeys() {}

    static boolean isKnown(String key) {
        return NAMES.contains(key) || PREFIXES.stream().anyMatch(key::startsWith);
    }
}
