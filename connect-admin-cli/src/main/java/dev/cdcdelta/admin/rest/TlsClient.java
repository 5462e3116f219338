package dev.cdcdelta.admin.rest;

import dev.cdcdelta.admin.context.Tls;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes of a context's files what a connection needs. Names of hosts are always checked. */
final class TlsClient {
    /** Of the store in memory only. */
    private static final char[] NO_PASSWORD = new char[0];

    private final Tls tls;

    TlsClient(Tls tls) {
        this.tls = tls;
    }

    /** For a client that opens no TLS connection. It trusts nobody, and spares reading the JVM's hundred certificates. */
    static SSLContext unused() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw unusable("TLS cannot be set up.", e);
        }
    }

    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw unusable("TLS cannot be set up for this context.", e);
        }
    }

    private TrustManager @Nullable [] trustManagers() throws GeneralSecurityException {
        Path file = tls.trust();
        if (file == null) {
            return null;
        }
        try {
            KeyStore store = empty();
            List<Certificate> trusted = PemFiles.certificates(file);
            for (int i = 0; i < trusted.size(); i++) {
                store.setCertificateEntry("trusted-" + i, trusted.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw unusable("The certificates to trust in " + file + " cannot be read.", e);
        }
    }

    private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException {
        Path certificate = tls.certificate();
        Path key = tls.key();
        if (certificate != null && key != null) {
            return keyManagers(fromPem(certificate, key), NO_PASSWORD);
        }
        Path file = tls.keyStore();
        return file == null ? null : keyManagers(fromKeyStore(file), password());
    }

    private static KeyManager[] keyManagers(KeyStore store, char[] password) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private static KeyStore fromPem(Path certificate, Path key) {
        try {
            KeyStore store = empty();
            store.setKeyEntry(
                    "client",
                    PemFiles.key(key),
                    NO_PASSWORD,
                    PemFiles.certificates(certificate).toArray(Certificate[]::new));
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(
                    "The client certificate in " + certificate + " with its key in " + key + " cannot be used.", e);
        }
    }

    private KeyStore fromKeyStore(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(content, password());
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw unusable("The client certificate in " + file + " cannot be used.", e);
        }
    }

    private char[] password() {
        return tls.keyStorePassword() == null
                ? NO_PASSWORD
                : tls.keyStorePassword().value().toCharArray();
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static CommandException unusable(String problem, Exception e) {
        return new CommandException(
                ExitCode.USAGE,
                problem,
                e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage()),
                "Check trust, certificate, key and keyStore of the context ('context show').",
                e);
    }
}
