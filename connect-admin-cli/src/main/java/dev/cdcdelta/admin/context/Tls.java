package dev.cdcdelta.admin.context;

import dev.cdcdelta.admin.failure.CommandException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom this program trusts, and as whom it presents itself; all null for the JVM's own trust and no client certificate.
 *
 * @param trust PEM
 * @param certificate PEM, with {@code key}
 * @param key PEM, PKCS #8
 * @param keyStore PKCS #12, instead of the two
 */
public record Tls(
        @Nullable Path trust,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable Path keyStore,
        @Nullable Secret keyStorePassword) {
    public Tls {
        if ((certificate == null) != (key == null)) {
            throw CommandException.usage(
                    "A client certificate needs its key, and a key its certificate.",
                    "Give the context both, certificate and key, or one keyStore.");
        }
        if (certificate != null && keyStore != null) {
            throw CommandException.usage(
                    "The context names two client certificates.", "Keep certificate and key, or keyStore.");
        }
    }

    static Tls of(ContextValues values, Map<String, String> environment) {
        return new Tls(
                values.path(ContextKey.TRUST),
                values.path(ContextKey.CERTIFICATE),
                values.path(ContextKey.KEY),
                values.path(ContextKey.KEY_STORE),
                values.secret(ContextKey.KEY_STORE_PASSWORD, environment));
    }

    /** Nothing is said that the JVM would not do by itself. */
    public boolean isDefault() {
        return trust == null && certificate == null && keyStore == null;
    }
}
