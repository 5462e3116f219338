package dev.cdcdelta.worker.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of the loopback address that signs itself, made by the JDK's keytool.
 *
 * @param keystore PKCS12, with the key
 * @param truststore PKCS12, the certificate alone
 * @param pem the certificate alone
 */
public record Certificates(Path keystore, Path truststore, Path pem, String password) {
    public static Certificates create(Path directory, String name, String password)
            throws IOException, InterruptedException {
        Certificates files = new Certificates(
                directory.resolve(name + ".p12"),
                directory.resolve(name + "-trust.p12"),
                directory.resolve(name + ".pem"),
                password);
        Files.createDirectories(directory);
        keytool(
                password,
                files.keystore(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-validity",
                "2",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1");
        keytool(
                password,
                files.keystore(),
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-file",
                files.pem().toString());
        keytool(
                password,
                files.truststore(),
                "-importcert",
                "-noprompt",
                "-alias",
                name,
                "-file",
                files.pem().toString());
        return files;
    }

    /** Serves with the key, or calls with it, and trusts the certificate alone. */
    public SSLContext context() throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(keystore), password.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(load(truststore));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** A PKCS12 store of these certificates, without keys, under this record's password. */
    public Path trust(Path file, List<Certificates> trusted) throws IOException, InterruptedException {
        for (Certificates other : trusted) {
            keytool(
                    password,
                    file,
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    other.pem().getFileName().toString(),
                    "-file",
                    other.pem().toString());
        }
        return file;
    }

    private KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(file)) {
            store.load(content, password.toCharArray());
        }
        return store;
    }

    private static void keytool(String password, Path store, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", password));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + output);
        }
    }
}
