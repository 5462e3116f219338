package dev.cdcdelta.worker.route;

/** What a body is, as far as that decides whether it passes or what of it is shown. */
public enum Content {
    /** Nothing that the extension looks into. */
    PLAIN,
    /** One or more connector configurations: keys with secret values among them. */
    CONFIGURATION,
    /** The names of all connectors, or an object with a field for each. */
    CONNECTORS,
    /** {@code name} and {@code config} of a new connector. */
    CREATION,
    /** Some keys of a configuration; null removes one. */
    PATCH,
    /** Each key of a configuration with the value it resolved to, secrets included. */
    VALIDATION
}
