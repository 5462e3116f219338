package dev.cdcdelta.worker.route;

import org.jspecify.annotations.Nullable;

/** @param connector its name, decoded; null for routes without one */
public record Match(Route route, @Nullable String connector) {}
