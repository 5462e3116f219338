package dev.cdcdelta.worker.config;

import java.time.Duration;
import java.util.Set;

/** What a token must be to count. */
public record TokenSettings(
        Set<String> algorithms, String issuer, Set<String> audience, Duration clockSkew, ClaimSettings claims) {
    /**
     * Which claims tell what. Dots lead into nested claims.
     *
     * @param scope empty where tokens are not limited to connectors
     */
    public record ClaimSettings(String principal, String roles, String scope, RoleNames names) {}

    /** What the roles are called in tokens. */
    public record RoleNames(Set<String> analyst, Set<String> operator, Set<String> administrator) {}
}
