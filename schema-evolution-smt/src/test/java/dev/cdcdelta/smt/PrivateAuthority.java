package dev.cdcdelta.smt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A certificate authority that only its own trust store knows, and a server's certificate that it has signed, both made by keytool. */
public final class PrivateAuthority {
    /** A name that the server's certificate holds beside the loopback address. */
    public static final String SERVER_NAME = "sts.cdcdelta.test";

    /** Of both stores. */
    public static final String PASSWORD = "changeit";

    /** The protocols that clients have agreed to. */
    public final List<String> agreed = new CopyOnWriteArrayList<>();

    private final KeyStore keys;
    private final Path keyStore;
    private final Path trustStore;

    public PrivateAuthority(Path directory) throws Exception {
        Path file = directory.resolve("keys.p12");

        keytool(file, "-alias", "authority", "-dname", "CN=Private CA", "-ext", "bc:c=ca:true");
        keytool(
                file,
                "-alias",
                "server",
                "-signer",
                "authority",
                "-dname",
                "CN=server",
                "-ext",
                "san=ip:127.0.0.1,dns:" + SERVER_NAME);
        keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        trustStore = directory.resolve("trust.p12");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", keys.getCertificate("authority"));
        keys.deleteEntry("authority");
        keyStore = directory.resolve("server.p12");
        try (OutputStream out = Files.newOutputStream(keyStore)) {
            keys.store(out, PASSWORD.toCharArray());
        }
        try (OutputStream out = Files.newOutputStream(trustStore)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream said = process.getInputStream()) {
            String output = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(output);
            }
        }
    }

    /** What makes a JVM trust the server. */
    public List<String> trustingJvm() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + trustStore,
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                "-Djavax.net.ssl.trustStoreType=PKCS12");
    }

    /** The store that trusts the authority and nobody else; a PKCS12 file with the password {@link #PASSWORD}. */
    public Path trustStore() {
        return trustStore;
    }

    /** The store of the server's certificate and key; a PKCS12 file with the same password. */
    public Path keyStore() {
        return keyStore;
    }

    /** Shows the server's certificate. */
    public SSLContext server() throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new KeyManager[] {new Watched((X509ExtendedKeyManager) factory.getKeyManagers()[0])},
                null,
                new SecureRandom());
        return context;
    }

    /** Asked for a certificate when the protocol of the handshake is agreed. */
    private final class Watched extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager keyManager;

        Watched(X509ExtendedKeyManager keyManager) {
            this.keyManager = keyManager;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
            String alias = keyManager.chooseEngineServerAlias(keyType, issuers, engine);
            if (alias != null && engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
                agreed.add(session.getProtocol());
            }
            return alias;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return keyManager.getClientAliases(keyType, issuers);
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return keyManager.chooseClientAlias(keyType, issuers, socket);
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return keyManager.getServerAliases(keyType, issuers);
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return keyManager.chooseServerAlias(keyType, issuers, socket);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keyManager.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keyManager.getPrivateKey(alias);
        }
    }
}
