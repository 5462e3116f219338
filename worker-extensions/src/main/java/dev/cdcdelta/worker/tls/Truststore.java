package dev.cdcdelta.worker.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Reads certificates to trust from a PEM file, or a PKCS12 or JKS store, whichever it is. */
public final class Truststore {
    private Truststore() {}

    /** @throws ConfigException where the file cannot be read or holds no certificate */
    public static SSLContext context(Path location, @Nullable String password) {
        try {
            KeyStore store = load(location, password);
            if (store.size() == 0) {
                throw new ConfigException(
                        "The file " + location + " holds no certificate to trust. Put the certificate of"
                                + " the authority there, as PEM, PKCS12 or JKS.");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            // The cause's text never holds the password.
            throw new ConfigException("The certificates in " + location + " cannot be read: " + e.getMessage()
                    + ". Name a PEM file, or a PKCS12 or JKS store with its password.");
        }
    }

    private static KeyStore load(Path location, @Nullable String password)
            throws IOException, GeneralSecurityException {
        byte[] content = Files.readAllBytes(location);
        if (new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE-----")) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content))) {
                store.setCertificateEntry("certificate" + number++, certificate);
            }
            return store;
        }
        char @Nullable [] characters = password == null ? null : password.toCharArray();
        return KeyStore.getInstance(location.toFile(), characters);
    }
}
