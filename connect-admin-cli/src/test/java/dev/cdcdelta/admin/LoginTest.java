package dev.cdcdelta.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.cdcdelta.worker.identity.Certificates;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
    private static final String TOKEN = "POST /token";
    private static final String PASSWORD = "hunter2-of-the-store";

    @TempDir
    Path directory;

    private CliRun run(Map<String, String> context, String... arguments) throws Exception {
        StringBuilder text = new StringBuilder("current: test\ncontexts:\n  test:\n");
        context.forEach((key, value) ->
                text.append("    ").append(key).append(": \"").append(value).append("\"\n"));
        Path file = Files.writeString(directory.resolve("contexts.yaml"), text);
        return CliRun.with(
                Map.of("CONNECT_ADMIN_CONTEXTS", file.toString(), "CLIENT_SECRET", "hunter2", "STORE", PASSWORD),
                arguments);
    }

    private static Map<String, String> oauth(FakeConnect connect) {
        Map<String, String> context = new HashMap<>();
        context.put("connectUrl", connect.url());
        context.put("tokenUrl", connect.url() + "/token");
        context.put("clientId", "cli:1");
        context.put("clientSecret", "env:CLIENT_SECRET");
        context.put("scope", "connect admin");
        return context;
    }

    @Test
    void clientCredentialsBecomeATokenThatServesAllRequests() throws Exception {
        try (FakeConnect connect = new FakeConnect()) {
            connect.answer(TOKEN, 200, "{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":300}");

            CliRun run = run(oauth(connect), "health");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(connect.requests).filteredOn(TOKEN::equals).hasSize(1);
            assertThat(connect.bodies).contains("grant_type=client_credentials&scope=connect+admin");
            String client = Base64.getEncoder().encodeToString("cli%3A1:hunter2".getBytes());
            assertThat(connect.authorizations)
                    .startsWith("Basic " + client, "Bearer abc")
                    .hasSizeGreaterThan(3)
                    .filteredOn(header -> !header.startsWith("Basic"))
                    .containsOnly("Bearer abc");
        }
    }

    @Test
    void tokenThatHasExpiredIsFetchedAnew() throws Exception {
        try (FakeConnect connect = new FakeConnect()) {
            connect.answer(TOKEN, 200, "{\"access_token\":\"abc\",\"expires_in\":1}");

            run(oauth(connect), "health");

            assertThat(connect.requests).filteredOn(TOKEN::equals).hasSize(3);
        }
    }

    @Test
    void tokenThatTheWorkerRefusesIsFetchedAnewOnce() throws Exception {
        try (FakeConnect connect = new FakeConnect()) {
            connect.answer(TOKEN, 200, "{\"access_token\":\"abc\",\"expires_in\":300}");
            connect.answer("GET /", 401, "Unauthorized");

            CliRun run = run(oauth(connect), "health");

            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(run.err()).contains("answered 401").contains("context add");
            assertThat(connect.requests).containsExactly(TOKEN, "GET /", TOKEN, "GET /");
        }
    }

    @Test
    void tokenEndpointThatRefusesIsToldWithoutSecrets() throws Exception {
        try (FakeConnect connect = new FakeConnect()) {
            connect.answer(TOKEN, 401, "{\"error\":\"invalid_client\",\"error_description\":\"hunter2 is wrong\"}");

            CliRun run = run(oauth(connect), "health");

            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(run.err())
                    .contains("/token answered 401.")
                    .contains("invalid_client")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void clientSecretDoesNotTravelInClear() throws Exception {
        try (FakeConnect connect = new FakeConnect()) {
            Map<String, String> context = oauth(connect);
            context.put("tokenUrl", "http://login.example.org/token");

            CliRun run = run(context, "health");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("tokenUrl is no https URL");
        }
    }

    /** A server that wants a certificate of its clients, and trusts the one of this name. */
    private FakeConnect secured(Certificates own, SSLContext context) throws Exception {
        HttpsServer server = HttpsServer.create();
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        assertThat(own.keystore()).exists();
        return new FakeConnect(server, "https");
    }

    @Test
    void trustAndClientCertificateOpenASecuredWorker() throws Exception {
        // One certificate for both sides: it trusts itself alone.
        Certificates certificates = Certificates.create(directory, "worker", PASSWORD);
        try (FakeConnect connect = secured(certificates, certificates.context())) {
            Path key = pemOfKey(certificates);

            CliRun pem = run(
                    Map.of(
                            "connectUrl",
                            connect.url(),
                            "trust",
                            "worker.pem",
                            "certificate",
                            "worker.pem",
                            "key",
                            key.toString()),
                    "health");
            CliRun store = run(
                    Map.of(
                            "connectUrl", connect.url(),
                            "trust", "worker.pem",
                            "keyStore", "worker.p12",
                            "keyStorePassword", "env:STORE"),
                    "health");

            assertThat(pem.err() + store.err()).isEmpty();
            assertThat(pem.exitCode() + store.exitCode()).isZero();
        }
    }

    @Test
    void withoutTrustOrCertificateTheConnectionFailsAndSaysWhatIsMissing() throws Exception {
        Certificates certificates = Certificates.create(directory, "worker", PASSWORD);
        try (FakeConnect connect = secured(certificates, certificates.context())) {
            CliRun stranger = run(Map.of("connectUrl", connect.url()), "health");
            CliRun anonymous = run(Map.of("connectUrl", connect.url(), "trust", "worker.pem"), "health");

            assertThat(stranger.exitCode()).isEqualTo(3);
            assertThat(stranger.err()).contains("do not agree on TLS").contains("'trust'");
            assertThat(anonymous.exitCode()).isEqualTo(3);
            assertThat(connect.requests).isEmpty();
        }
    }

    @Test
    void certificateWithoutKeyAndWrongPasswordAreUsageErrors() throws Exception {
        Certificates.create(directory, "worker", PASSWORD);

        CliRun half = run(Map.of("connectUrl", "https://localhost:1", "certificate", "worker.pem"), "health");
        CliRun noKey = run(
                Map.of("connectUrl", "https://localhost:1", "certificate", "worker.pem", "key", "worker.pem"),
                "health");
        CliRun wrong = run(
                Map.of(
                        "connectUrl", "https://localhost:1",
                        "keyStore", "worker.p12",
                        "keyStorePassword", "env:CLIENT_SECRET"),
                "health");

        assertThat(half.err()).contains("needs its key");
        assertThat(noKey.err()).contains("openssl pkcs8 -topk8");
        assertThat(wrong.err()).contains("worker.p12 cannot be used").doesNotContain("hunter2");
        assertThat(half.exitCode()).isEqualTo(2);
        assertThat(noKey.exitCode()).isEqualTo(2);
        assertThat(wrong.exitCode()).isEqualTo(2);
    }

    private Path pemOfKey(Certificates certificates) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(certificates.keystore())) {
            store.load(content, PASSWORD.toCharArray());
        }
        Key key = store.getKey("worker", PASSWORD.toCharArray());
        return Files.writeString(
                directory.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
    }
}
