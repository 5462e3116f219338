package dev.cdcdelta.admin.pipeline;

import dev.cdcdelta.admin.failure.UrlPasswords;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a worker refuses the value of a key.
 *
 * @param message Connect's, without what it quotes of a secret: it quotes values as its config providers resolve them
 */
public record ConfigError(String connector, String key, String message) {
    private static final Pattern QUOTED = Pattern.compile("Invalid value .* for configuration", Pattern.DOTALL);

    static ConfigError of(Map<String, String> config, String key, String message) {
        String value = config.getOrDefault(key, "");
        if (!SecretReference.isReference(value) && !SecretReference.isSecret(key)) {
            return new ConfigError(config.getOrDefault("name", ""), key, UrlPasswords.hide(message));
        }
        String told =
                QUOTED.matcher(message).replaceAll(Matcher.quoteReplacement("Invalid value *** for configuration"));
        told = value.isEmpty() ? told : told.replace(value, "***");
        return new ConfigError(config.getOrDefault("name", ""), key, told);
    }

    @Override
    public String toString() {
        return connector + ": " + key + ": " + message;
    }
}
