package dev.cdcdelta.smt.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.cdcdelta.smt.PrivateAuthority;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry behind TLS whose certificate only a private authority vouches for, for 127.0.0.1 and for no other name of this machine. */
class RegistryTlsTest {
    private static final String TOPIC = "t";
    private static final String ONE =
            "{\"version\":1,\"id\":1,\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Value\\\","
                    + "\\\"namespace\\\":\\\"t\\\",\\\"fields\\\":[{\\\"name\\\":\\\"_id\\\",\\\"type\\\":[\\\"null\\\",\\\"int\\\"]}]}\"}";

    @TempDir
    static Path directory;

    private static PrivateAuthority authority;
    private static PrivateAuthority stranger;

    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final HttpsServer server;

    RegistryTlsTest() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeAll
    static void found() throws Exception {
        authority = new PrivateAuthority(Files.createDirectory(directory.resolve("ours")));
        stranger = new PrivateAuthority(Files.createDirectory(directory.resolve("theirs")));
    }

    private void start(boolean asksForCertificates) throws Exception {
        server.setHttpsConfigurator(new HttpsConfigurator(context()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setNeedClientAuth(asksForCertificates);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/", exchange -> {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            RegistryProxy.answer(exchange, 200, ONE);
            exchange.close();
        });
        server.start();
    }

    /** Shows the server's certificate, and trusts clients that the same authority vouches for. */
    private static SSLContext context() throws Exception {
        char[] password = PrivateAuthority.PASSWORD.toCharArray();
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(KeyStore.getInstance(authority.keyStore().toFile(), password), password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try (InputStream store = new FileInputStream(authority.trustStore().toFile())) {
            trusted.load(store, password);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theTrustStoreSaysWhomToTrust() throws Exception {
        start(false);
        assertThat(idBehind("127.0.0.1", trusting(authority))).isEqualTo(1);
        Map<String, String> basic = trusting(authority);
        basic.put(RegistryKeys.BASIC, "reader:secret");
        assertThat(idBehind("127.0.0.1", basic)).isEqualTo(1);
        Map<String, String> bearer = trusting(authority);
        bearer.put(RegistryKeys.BEARER, "token");
        assertThat(idBehind("127.0.0.1", bearer)).isEqualTo(1);
        assertThat(authorizations).containsExactly("null", "Basic cmVhZGVyOnNlY3JldA==", "Bearer token");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() throws Exception {
        start(false);
        for (Map<String, String> settings : List.of(trusting(stranger), new HashMap<String, String>())) {
            settings.put(RegistryKeys.BASIC, "reader:secret");
            assertThatThrownBy(() -> idBehind("127.0.0.1", settings))
                    .isInstanceOf(RetriableException.class)
                    .hasMessageContaining("https://127.0.0.1")
                    .hasMessageContaining("SSLHandshakeException: PKIX path")
                    .hasMessageContaining(RegistryKeys.SSL + "truststore.location")
                    .message()
                    .doesNotContain("secret");
        }
        assertThat(authorizations).as("no password for a stranger").isEmpty();
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        start(false);
        assertThatThrownBy(() -> idBehind("localhost", trusting(authority)))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("https://localhost")
                .hasMessageContaining("SSLHandshakeException: No")
                .hasMessageContaining("matching localhost found")
                .hasMessageContaining("the certificate the host of " + RegistryKeys.URL);
        assertThat(authorizations).isEmpty();
    }

    @Test
    void theKeyStoreSaysWhoTheClientIs() throws Exception {
        start(true);
        Map<String, String> known = trusting(authority);
        known.put(RegistryKeys.SSL + "keystore.location", authority.keyStore().toString());
        known.put(RegistryKeys.SSL + "keystore.password", PrivateAuthority.PASSWORD);
        known.put(RegistryKeys.SSL + "keystore.type", "PKCS12");
        assertThat(idBehind("127.0.0.1", known)).isEqualTo(1);
        assertThatThrownBy(() -> idBehind("127.0.0.1", trusting(authority))).isInstanceOf(RetriableException.class);
        assertThat(authorizations).hasSize(1);
    }

    @Test
    void aWrongPasswordOfAStoreIsASettingToMend() throws Exception {
        start(false);
        Map<String, String> wrong = trusting(authority);
        wrong.put(RegistryKeys.SSL + "truststore.password", "hunter2");
        assertThatThrownBy(() -> idBehind("127.0.0.1", wrong))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("truststore.location cannot be read from " + authority.trustStore())
                .hasMessageContaining("check its path, password and type")
                .message()
                .doesNotContain("hunter2");
    }

    private static Map<String, String> trusting(PrivateAuthority trusted) {
        Map<String, String> settings = new HashMap<>();
        settings.put(
                RegistryKeys.SSL + "truststore.location", trusted.trustStore().toString());
        settings.put(RegistryKeys.SSL + "truststore.password", PrivateAuthority.PASSWORD);
        settings.put(RegistryKeys.SSL + "truststore.type", "PKCS12");
        return settings;
    }

    private Object idBehind(String host, Map<String, String> settings) {
        String url = "https://" + host + ":" + server.getAddress().getPort();
        try (RegisteredTransform task = new RegisteredTransform(TOPIC, url, settings)) {
            return task.apply("{\"_id\": 1}").get("_id");
        }
    }
}
