package dev.cdcdelta.worker.token;

import dev.cdcdelta.worker.config.KeyPatterns;

/**
 * Who a token speaks for.
 *
 * @param scope the connectors it reaches
 */
public record Caller(String name, Role role, Scope scope) {
    /** @param isWhole whether everything is reached */
    public record Scope(KeyPatterns connectors, boolean isWhole) {
        public boolean covers(String connector) {
            return isWhole || connectors.matches(connector);
        }
    }
}
