package dev.cdcdelta.admin.command;

import java.util.Locale;

/** Things of a cluster that have names. */
enum NameKind {
    CONTEXTS,
    CONNECTORS,
    PIPELINES,
    PLUGINS;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
