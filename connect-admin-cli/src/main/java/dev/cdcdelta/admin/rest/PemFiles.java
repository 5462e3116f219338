package dev.cdcdelta.admin.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in PEM (RFC 7468). */
final class PemFiles {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private PemFiles() {}

    /** In the order of the file; at least one. */
    static List<Certificate> certificates(Path file) throws IOException, CertificateException {
        try (InputStream content = Files.newInputStream(file)) {
            List<Certificate> certificates =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(content));
            if (certificates.isEmpty()) {
                throw new CertificateException("The file holds no certificate");
            }
            return certificates;
        }
    }

    /** Of any algorithm that the JVM knows for certificates. */
    static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = KEY.matcher(Files.readString(file));
        if (!pem.find()) {
            throw new InvalidKeySpecException("The file holds no PRIVATE KEY block of PKCS #8 without a passphrase;"
                    + " 'openssl pkcs8 -topk8 -nodes' makes one");
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String algorithm : List.of("RSA", "EC")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // Not of this algorithm: the block does not tell which it is.
                continue;
            }
        }
        return KeyFactory.getInstance("EdDSA").generatePrivate(spec);
    }
}
