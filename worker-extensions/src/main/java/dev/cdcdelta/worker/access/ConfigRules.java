package dev.cdcdelta.worker.access;

import dev.cdcdelta.worker.config.RuleSettings;
import dev.cdcdelta.worker.token.Role;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a connector's configuration may hold, whoever sends it. */
record ConfigRules(RuleSettings settings) {
    /** A superset of what Kafka's ConfigTransformer replaces: {@code ${provider:path:key}}, or without a path. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}:]*):[^}]*\\}");

    Optional<Refusal> check(Role role, Map<String, String> configuration) {
        if (role == Role.ADMINISTRATOR && settings.administratorsExempt()) {
            return Optional.empty();
        }
        for (Map.Entry<String, String> entry : configuration.entrySet()) {
            Optional<Refusal> refusal = key(entry.getKey()).or(() -> references(entry.getKey(), entry.getValue()));
            if (refusal.isPresent() && !entry.getValue().isEmpty()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> key(String key) {
        return settings.denied().matches(key) && !settings.allowed().matches(key)
                ? Optional.of(new Refusal(
                        403,
                        "The key " + key
                                + " may not be set through this worker's REST API. Leave it out, or have it allowed"
                                + " (rest.security.keys.allowed)."))
                : Optional.empty();
    }

    private Optional<Refusal> references(String key, String value) {
        Matcher matcher = REFERENCE.matcher(value);
        while (matcher.find()) {
            String provider = matcher.group(1);
            if (!settings.providers().contains(provider)) {
                return Optional.of(new Refusal(
                        403,
                        "The value of " + key + " refers to the config provider `" + provider
                                + "`, which connector configurations may not use here. Use one of "
                                + settings.providers().stream().sorted().toList()
                                + ", or have it allowed (rest.security.config.providers.allowed)."));
            }
        }
        return Optional.empty();
    }
}
