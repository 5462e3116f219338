package dev.cdcdelta.smt.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Whom the client trusts, and how it shows who it is. */
final class TlsStores {
    private static final String TRUST = RegistryKeys.SSL + "truststore";
    private static final String KEY = RegistryKeys.SSL + "keystore";

    private TlsStores() {}

    /**
     * The context of the stores that are configured; null if none is.
     *
     * @throws ConfigException if a store cannot be read
     */
    static @Nullable SSLContext context(AbstractConfig config) {
        KeyStore trusted = load(config, TRUST);
        KeyStore own = load(config, KEY);
        if (trusted == null && own == null) {
            return null;
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    own == null ? null : keyManagers(config, own),
                    trusted == null ? null : trustManagers(trusted),
                    null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw refused(KEY, "holds no key that " + RegistryKeys.SSL + "key.password opens", unusable);
        }
    }

    private static @Nullable KeyStore load(AbstractConfig config, String store) {
        String file = config.getString(store + ".location");
        if (file == null) {
            return null;
        }
        try (InputStream content = Files.newInputStream(Path.of(file))) {
            KeyStore keys = KeyStore.getInstance(config.getString(store + ".type"));
            keys.load(content, characters(RegistryKeys.secret(config, store + ".password")));
            return keys;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw refused(
                    store,
                    "cannot be read from " + file + " (" + unreadable + "); check its path, password and type",
                    unreadable);
        }
    }

    private static KeyManager[] keyManagers(AbstractConfig config, KeyStore own) throws GeneralSecurityException {
        String password = RegistryKeys.secret(config, RegistryKeys.SSL + "key.password");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, characters(password != null ? password : RegistryKeys.secret(config, KEY + ".password")));
        return keys.getKeyManagers();
    }

    private static TrustManager[] trustManagers(KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust.getTrustManagers();
    }

    private static char @Nullable [] characters(@Nullable String password) {
        return password == null ? null : password.toCharArray();
    }

    private static ConfigException refused(String store, String problem, Exception cause) {
        ConfigException refused = new ConfigException("The store of " + store + ".location " + problem);
        refused.initCause(cause);
        return refused;
    }
}
