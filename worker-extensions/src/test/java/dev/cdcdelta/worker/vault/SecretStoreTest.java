package dev.cdcdelta.worker.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cdcdelta.worker.identity.Certificates;
import dev.cdcdelta.worker.identity.VaultStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class SecretStoreTest {
    @TempDir
    Path directory;

    private final Now now = new Now();
    private VaultStandIn vault;

    @BeforeEach
    void start() throws IOException {
        vault = VaultStandIn.plain();
        vault.write("shop/mongodb", Map.of("uri", "canary-uri", "port", 27017, "options", Map.of("tls", true)));
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    @ParameterizedTest
    @CsvSource({"kv-v1, kv", "kv-v2, secret"})
    void keyValueSecretsOfBothVersionsAreReadAndDoNotEnd(String engine, String mount) {
        try (SecretStore store = open("engine", engine, "mount", mount)) {
            ConfigData data = store.read("shop/mongodb", Set.of("uri", "port"));
            assertThat(data.data()).isEqualTo(Map.of("uri", "canary-uri", "port", "27017"));
            assertThat(data.ttl()).isNull();
            assertThat(store.read("shop/mongodb").data()).containsEntry("options", "{\"tls\":true}");
        }
    }

    @Test
    void configuredTimeMakesConnectAskAgain() {
        try (SecretStore store = open("secret.ttl.ms", "60000")) {
            assertThat(store.read("shop/mongodb").ttl()).isEqualTo(54_000);
            vault.write("shop/mongodb", Map.of("uri", "changed"));
            now.advance(Duration.ofSeconds(31));
            assertThat(store.read("shop/mongodb").data()).isEqualTo(Map.of("uri", "changed"));
        }
    }

    @Test
    void leasesAreSharedForHalfOfTheirTimeAndRenewedOnRequest() {
        try (SecretStore store = open("engine", "dynamic", "mount", "database")) {
            ConfigData first = store.read("creds/app");
            assertThat(first.ttl()).isEqualTo(3_240_000);
            now.advance(Duration.ofMinutes(29));
            ConfigData second = store.read("creds/app");
            assertThat(second.data()).isEqualTo(first.data());
            assertThat(second.ttl()).isEqualTo(Duration.ofMinutes(31).toMillis() * 9 / 10);
            now.advance(Duration.ofMinutes(2));
            assertThat(store.read("creds/app").data()).isNotEqualTo(first.data());
        }
        try (SecretStore store = open("engine", "dynamic", "mount", "database", "lease.increment.ms", "86400000")) {
            assertThat(store.read("creds/app").ttl())
                    .as("the server grants two hours")
                    .isEqualTo(6_480_000);
        }
    }

    @Test
    void everyLoginGetsAToken() throws IOException {
        Path jwt = Files.writeString(directory.resolve("jwt"), VaultStandIn.JWT + "\n");
        Path secretId = Files.writeString(directory.resolve("secret-id"), VaultStandIn.SECRET_ID);
        Path token = Files.writeString(directory.resolve("token"), "canary-root-token");
        for (String[] login : List.of(
                new String[] {"auth.method", "token", "auth.token.file", token.toString()},
                new String[] {
                    "auth.method",
                    "approle",
                    "auth.role.id",
                    VaultStandIn.ROLE_ID,
                    "auth.secret.id.file",
                    secretId.toString()
                },
                new String[] {"auth.method", "kubernetes", "auth.role", "connect", "auth.jwt.file", jwt.toString()},
                new String[] {
                    "auth.method",
                    "jwt",
                    "auth.mount",
                    "gitlab",
                    "auth.role",
                    "connect",
                    "auth.jwt.file",
                    jwt.toString()
                })) {
            try (SecretStore store = open(login)) {
                assertThat(store.read("shop/mongodb").data()).containsKey("uri");
            }
        }
    }

    @Test
    void tokenThatHasEndedOrWasRevokedIsReplaced() {
        try (SecretStore store = openWithRole()) {
            store.read("shop/mongodb");
            now.advance(Duration.ofHours(2));
            store.read("shop/mongodb");
            assertThat(logins()).isEqualTo(2);
            vault.revokeTokens();
            store.read("shop/mongodb");
            assertThat(logins()).isEqualTo(3);
        }
    }

    @Test
    void tokenIsRenewedBeforeItEnds() {
        vault.tokensLast(1);
        try (SecretStore store = openWithRole()) {
            store.read("shop/mongodb");
            now.advance(Duration.ofMillis(700));
            await().atMost(Duration.ofSeconds(30)).until(() -> vault.requests().contains("POST auth/token/renew-self"));
            assertThat(logins()).isEqualTo(1);
        }
    }

    @Test
    void serverInTroubleIsAskedAgain() {
        try (SecretStore store = open()) {
            vault.failNext(503, 500);
            assertThat(store.read("shop/mongodb").data()).containsKey("uri");
            vault.failNext(503, 503, 503);
            assertThatThrownBy(() -> store.read("shop/mongodb"))
                    .isInstanceOf(KafkaException.class)
                    .isNotInstanceOf(ConfigException.class)
                    .hasMessageContaining("sealed")
                    .hasMessageNotContaining("canary");
        }
    }

    @Test
    void errorsSayWhatToDoAndQuoteNothing() {
        vault.write("shop/deleted", Map.of("a", "canary"));
        vault.delete("shop/deleted");
        try (SecretStore store = open("allowed.paths", "shop/*")) {
            assertRefused(() -> store.read("shop/none"), "nothing there (404)");
            assertRefused(() -> store.read("shop/deleted"), "shop/deleted");
            assertRefused(() -> store.read("other/x"), "allowed.paths");
            assertRefused(() -> store.read("shop/../other"), "allowed.paths");
            assertRefused(() -> store.read("shop/mongodb", Set.of("url")), "[options, port, uri]");
            vault.failNext(403, 200, 403);
            assertRefused(() -> store.read("shop/mongodb"), "`read` on secret/data/shop/mongodb");
        }
        try (SecretStore store = open("auth.method", "approle", "auth.role.id", "x", "auth.secret.id", "canary")) {
            assertRefused(() -> store.read("shop/mongodb"), "login to Vault at auth/approle failed");
        }
        try (SecretStore store = open("namespace", "")) {
            assertRefused(() -> store.read("shop/mongodb"), "namespace");
        }
        try (SecretStore store = open("auth.token", "canary-other")) {
            assertRefused(() -> store.read("shop/mongodb"), "does not take the token");
        }
        try (SecretStore store = open("auth.method", "jwt", "auth.role", "r", "auth.jwt.file", "/none")) {
            assertRefused(() -> store.read("shop/mongodb"), "auth.jwt.file");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "address, http://vault.example, plain connection",
        "address, vault.example, Vault",
        "auth.methd, token, auth.methd",
        "auth.token.file, /x, Exactly one",
        "auth.method, ldap, auth.method",
        "auth.method, approle, auth.role.id",
        "engine, kv3, engine",
        "tls.protocols, SSLv3, TLSv1.3",
    })
    void parametersThatCannotWorkAreRefusedAtOnce(String name, String value, String told) {
        assertRefused(() -> open(name, value), told);
    }

    @Test
    void tlsTrustsItsOwnStoreAndSpeaksNothingOld() throws Exception {
        Certificates certificates = Certificates.create(directory, "vault", "changeit");
        Certificates others = Certificates.create(directory, "others", "changeit");
        try (VaultStandIn secured = VaultStandIn.withTls(certificates, "TLSv1.3")) {
            secured.write("a", Map.of("b", "c"));
            String address = secured.address();
            try (SecretStore store = open(
                    "address",
                    address,
                    "truststore.location",
                    certificates.pem().toString())) {
                assertThat(store.read("a").data()).isEqualTo(Map.of("b", "c"));
            }
            try (SecretStore store = open(
                    "address",
                    address,
                    "truststore.location",
                    certificates.truststore().toString(),
                    "truststore.password",
                    "changeit")) {
                assertThat(store.read("a").data()).isEqualTo(Map.of("b", "c"));
            }
            try (SecretStore store =
                    open("address", address, "truststore.location", others.pem().toString(), "attempts", "1")) {
                assertThatThrownBy(() -> store.read("a"))
                        .isInstanceOf(KafkaException.class)
                        .hasMessageContaining("truststore.location");
            }
        }
        try (VaultStandIn old = VaultStandIn.withTls(certificates, "TLSv1.2");
                SecretStore store = open(
                        "address",
                        old.address(),
                        "truststore.location",
                        certificates.pem().toString(),
                        "attempts",
                        "1")) {
            assertThatThrownBy(() -> store.read("a")).isInstanceOf(KafkaException.class);
        }
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable action, String told) {
        assertThatThrownBy(action)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(told)
                .hasMessageNotContaining("canary")
                .satisfies(failure ->
                        assertThat(String.valueOf(failure.getCause())).doesNotContain("canary"));
    }

    private long logins() {
        return vault.requests().stream()
                .filter(request -> request.endsWith("/login"))
                .count();
    }

    private SecretStore openWithRole() {
        return open(
                "auth.method",
                "approle",
                "auth.role.id",
                VaultStandIn.ROLE_ID,
                "auth.secret.id",
                VaultStandIn.SECRET_ID);
    }

    private SecretStore open(String... parameters) {
        Map<String, String> all = new HashMap<>();
        all.put("address", vault.address());
        all.put("namespace", VaultStandIn.NAMESPACE);
        all.put("auth.token", "canary-root-token");
        for (int i = 0; i < parameters.length; i += 2) {
            all.put(parameters[i], parameters[i + 1]);
            if (parameters[i].equals("auth.method") && parameters.length > 2) {
                all.remove("auth.token");
            }
        }
        return SecretStore.open(all, now);
    }

    /** A clock that the test moves. */
    private static final class Now extends Clock {
        private volatile Instant instant = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration time) {
            instant = instant.plus(time);
        }

        @Override
        public Instant instant() {
            return instant;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
