package dev.cdcdelta.admin.context;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.failure.UrlPasswords;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one context says. Secrets stand in it by their place only, except in the file of a local stack, which is thrown away. */
public final class ContextValues {
    static final ContextValues NONE = new ContextValues(Map.of(), Path.of(""), true);

    private final Map<ContextKey, String> values;
    private final Path directory;

    /**
     * @param directory of the file, for relative paths
     * @param throwaway secrets may stand in it in clear
     * @throws CommandException if a secret does otherwise
     */
    ContextValues(Map<ContextKey, String> values, Path directory, boolean throwaway) {
        this.values = new EnumMap<>(ContextKey.class);
        this.values.putAll(values);
        this.directory = directory;
        if (!throwaway) {
            values.forEach(this::requireNoSecret);
        }
    }

    public @Nullable String text(ContextKey key) {
        return values.get(key);
    }

    @Nullable
    Path path(ContextKey key) {
        String text = values.get(key);
        return text == null ? null : directory.resolve(text);
    }

    @Nullable
    Secret secret(ContextKey key, Map<String, String> environment) {
        String text = values.get(key);
        if (text == null) {
            return null;
        }
        return SecretSource.parse(text, directory, environment)
                .map(source -> new Secret(source::fetch))
                .orElseGet(() -> new Secret(text));
    }

    /** The kind of {@link Login}, told without fetching a secret. */
    public String loginKind() {
        return Login.of(this, Map.of()).kind();
    }

    /** @throws CommandException if keys contradict each other, or one lacks its other half */
    public void requireConsistent() {
        Login.of(this, Map.of());
        Tls.of(this, Map.of());
    }

    /** By their labels, in order; without secrets. */
    public Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>();
        values.forEach((key, value) -> shown.put(key.label(), shown(key, value)));
        return shown;
    }

    private String shown(ContextKey key, String value) {
        boolean hidden = key.kind() == ContextKey.Kind.SECRET
                && SecretSource.parse(value, directory, Map.of()).isEmpty();
        return hidden ? "***" : UrlPasswords.hide(value);
    }

    private void requireNoSecret(ContextKey key, String value) {
        boolean named = SecretSource.parse(value, directory, Map.of()).isPresent();
        boolean clear = switch (key.kind()) {
            case SECRET -> !named;
            case ADDRESS -> !named && UrlPasswords.isIn(value);
            case TEXT, PATH -> UrlPasswords.isIn(value);
        };
        if (clear) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "A context holds a secret in clear: " + key.label() + ".",
                    "Context files are copied, shared and backed up.",
                    key.kind() == ContextKey.Kind.TEXT
                            ? "Leave user and password out of the address; 'user' and 'password' are keys of their own."
                            : "Put the secret elsewhere and name the place: " + SecretSource.FORMS + ".");
        }
    }

    @Override
    public String toString() {
        return "ContextValues" + shown();
    }
}
