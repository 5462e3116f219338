package dev.cdcdelta.smt.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A registry that misbehaves. Its state is one schema, which these tests answer themselves. */
class RegistryFailuresTest {
    private static final String TOPIC = "t";
    private static final String ONE =
            "{\"version\":1,\"id\":1,\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Value\\\","
                    + "\\\"namespace\\\":\\\"t\\\",\\\"fields\\\":[{\\\"name\\\":\\\"_id\\\",\\\"type\\\":[\\\"null\\\",\\\"int\\\"]}]}\"}";

    private RegistryProxy registry;

    @BeforeEach
    void start() throws IOException {
        registry = new RegistryProxy("http://127.0.0.1:1");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @ParameterizedTest
    @CsvSource({"500, oops", "503, ''", "429, slower", "200, <html>", "200, ''", "200, {}", "302, moved"})
    void asksAgainAfterAnAnswerThatIsNone(int status, String body) {
        registry.next(status == 302 ? 0 : 2, status, body);
        registry.next(1, 200, ONE);
        try (RegisteredTransform task = new RegisteredTransform(TOPIC, registry.url())) {
            assertThat(task.apply("{\"_id\": 1}").schema().name()).isEqualTo("t.Value");
        }
        assertThat(registry.requests())
                .hasSize(status == 302 ? 1 : 3)
                .containsOnly("GET /subjects/t-value/versions/latest");
    }

    @Test
    void givesUpAfterAsManyRepetitionsAsConfigured() {
        registry.next(100, 500, "{\"error_code\":50001,\"message\":\"store is gone\"}");
        try (RegisteredTransform task = new RegisteredTransform(TOPIC, registry.url())) {
            assertThatThrownBy(() -> task.apply("{\"_id\": 1}"))
                    .isInstanceOf(RetriableException.class)
                    .hasMessageContaining("no usable answer about subject 't-value'")
                    .hasMessageContaining("it answered HTTP 500 {\"error_code\":50001,\"message\":\"store is gone\"}")
                    .hasMessageContaining("errors.retry.timeout");
        }
        assertThat(registry.requests()).hasSize(3);
    }

    @Test
    void goesOnWhileItIsDownAndTheSchemaDoesNotChangeAndWaitsWhenItDoes() {
        String logged = logOf(() -> {
            registry.next(1, 200, ONE);
            try (RegisteredTransform task = new RegisteredTransform(TOPIC, registry.url())) {
                Schema schema = task.apply("{\"_id\": 1}").schema();
                registry.next(6, 503, "");
                for (int i = 0; i < 100; i++) {
                    assertThat(task.apply("{\"_id\": " + i + "}").schema()).isSameAs(schema);
                }
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(() -> task.apply("{\"_id\": 2, \"x\": 1}"))
                            .isInstanceOf(RetriableException.class);
                    assertThat(task.apply("{\"_id\": 3}").schema()).isSameAs(schema);
                }
                registry.next(1, 200, ONE);
                registry.next(1, 200, "{\"id\":2}");
                registry.next(1, 200, ONE);
                assertThat(task.apply("{\"_id\": 2, \"x\": 1}").get("x")).isEqualTo(1);
            }
        });
        assertThat(logged.lines().filter(line -> line.contains("does not answer")))
                .hasSize(1);
    }

    @Test
    void saysWhereNobodyListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (RegisteredTransform task = new RegisteredTransform(TOPIC, "http://127.0.0.1:" + port)) {
            assertThatThrownBy(() -> task.apply("{\"_id\": 1}"))
                    .isInstanceOf(RetriableException.class)
                    .hasMessageContaining("http://127.0.0.1:" + port)
                    .hasMessageContaining("ConnectException");
        }
    }

    @Test
    void doesNotWaitForeverForASlowAnswer() {
        CountDownLatch answered = new CountDownLatch(1);
        registry.next(exchange -> {
            try {
                answered.await();
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
        });
        registry.next(1, 200, ONE);
        try (RegisteredTransform task =
                new RegisteredTransform(TOPIC, registry.url(), Map.of(RegistryKeys.TIMEOUT, "300"))) {
            assertThat(task.apply("{\"_id\": 1}").get("_id")).isEqualTo(1);
        }
        answered.countDown();
    }

    @ParameterizedTest
    @CsvSource({"401", "403"})
    void failsAtOnceWhereItMayNotRead(int status) {
        registry.next(1, status, "{\"error_code\":40101,\"message\":\"User cannot access\"}");
        Map<String, String> secret = Map.of(RegistryKeys.BASIC, "reader:hunter2");
        try (RegisteredTransform task = new RegisteredTransform(TOPIC, registry.url(), secret)) {
            assertThatThrownBy(() -> task.apply("{\"_id\": 1}"))
                    .isInstanceOf(ConnectException.class)
                    .isNotInstanceOf(RetriableException.class)
                    .hasMessageContaining("HTTP " + status)
                    .hasMessageContaining("User cannot access")
                    .hasMessageContaining(RegistryKeys.BASIC)
                    .message()
                    .doesNotContain("hunter2");
        }
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void showsItsCredentialsWithEveryRequest() {
        registry.next(2, 200, ONE);
        try (RegisteredTransform basic =
                        new RegisteredTransform(TOPIC, registry.url(), Map.of(RegistryKeys.BASIC, "reader:pass:word"));
                RegisteredTransform bearer =
                        new RegisteredTransform(TOPIC, registry.url(), Map.of(RegistryKeys.BEARER, "token"))) {
            basic.apply("{\"_id\": 1}");
            bearer.apply("{\"_id\": 1}");
        }
        assertThat(registry.authorizations()).containsExactly("Basic cmVhZGVyOnBhc3M6d29yZA==", "Bearer token");
    }

    @Test
    void quotesARefusalOfTheSchema() {
        registry.next(1, 404, "{\"error_code\":40401,\"message\":\"Subject not found.\"}");
        registry.next(1, 422, "{\"error_code\":42205,\"message\":\"Subject t-value is in read-only mode\"}");
        Map<String, String> fail = Map.of("conflict.policy", "fail");
        try (RegisteredTransform task = new RegisteredTransform(TOPIC, registry.url(), fail)) {
            assertThatThrownBy(() -> task.apply("{\"_id\": 1}"))
                    .hasMessageContaining("HTTP 422")
                    .hasMessageContaining("read-only mode");
        }
    }

    @Test
    void takesASchemaThatIsAnOlderVersionForRegistered() {
        registry.next(1, 200, ONE);
        registry.next(1, 200, ONE);
        registry.next(1, 200, "{\"id\":7}");
        registry.next(1, 200, ONE);
        try (RegisteredTransform task = new RegisteredTransform(TOPIC, registry.url())) {
            assertThat(task.apply("{\"_id\": 1, \"x\": 1}").get("x")).isEqualTo(1);
        }
        assertThat(registry.requests()).hasSize(4);
    }

    @Test
    void stopsWhereTheSubjectNeverRests() {
        registry.next(1, 404, "");
        for (int version = 1; version <= 20; version++) {
            registry.next(1, 200, ONE.replace("\"version\":1", "\"version\":" + version));
            registry.next(1, 200, "{\"id\":1}");
        }
        try (RegisteredTransform task = new RegisteredTransform(TOPIC, registry.url())) {
            assertThatThrownBy(() -> task.apply("{\"_id\": 1, \"x\": 1}"))
                    .isInstanceOf(RetriableException.class)
                    .hasMessageContaining("changed 20 times");
        }
    }

    @Test
    void refusesSettingsThatDoNotGoTogether(@TempDir Path directory) {
        String store = directory.resolve("missing.jks").toString();
        for (Map<String, String> wrong : List.of(
                Map.of(RegistryKeys.URL, "registry:8081"),
                Map.of(RegistryKeys.URL, "ftp://registry"),
                Map.of(RegistryKeys.URL, "http://user:hunter2@registry"),
                Map.of(RegistryKeys.URL, "http://bad url"),
                Map.of(RegistryKeys.BASIC, "hunter2"),
                Map.of(RegistryKeys.BASIC, "a:hunter2", RegistryKeys.BEARER, "hunter2"),
                Map.of(
                        RegistryKeys.SSL + "truststore.location",
                        store,
                        RegistryKeys.SSL + "truststore.password",
                        "hunter2"))) {
            assertThatThrownBy(() -> new RegisteredTransform(TOPIC, "http://registry", new HashMap<>(wrong)))
                    .as(wrong.keySet().toString())
                    .isInstanceOf(ConfigException.class)
                    .message()
                    .contains("schema.registry.")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void pausesGrowUpToTheLongestWithAnythingDownToHalf() {
        Backoff backoff = new Backoff(9, Duration.ofMillis(100), Duration.ofMillis(1000));
        RandomGenerator none = () -> 0;
        assertThat(backoff.pause(0, none)).isEqualTo(Duration.ofMillis(100));
        assertThat(backoff.pause(2, none)).isEqualTo(Duration.ofMillis(400));
        assertThat(backoff.pause(8, none)).isEqualTo(Duration.ofMillis(1000));
        RandomGenerator random = new java.util.Random(1);
        for (int i = 0; i < 1000; i++) {
            assertThat(backoff.pause(2, random)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
        }
    }

    private static String logOf(Runnable action) {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return log.toString(UTF_8);
    }
}
