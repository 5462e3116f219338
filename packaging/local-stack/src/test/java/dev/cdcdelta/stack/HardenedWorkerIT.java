package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cdcdelta.stack.process.ChildProcess;
import dev.cdcdelta.stack.process.FreePorts;
import dev.cdcdelta.stack.process.ProcessSpec;
import dev.cdcdelta.stack.process.Readiness;
import dev.cdcdelta.stack.service.Installation;
import dev.cdcdelta.stack.service.StackDirectory;
import dev.cdcdelta.worker.audit.AuditVerifier;
import dev.cdcdelta.worker.identity.Certificates;
import dev.cdcdelta.worker.identity.IdentityProvider;
import dev.cdcdelta.worker.identity.VaultStandIn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker and two workers as examples/hardened has them: the sink's half of a pipeline, over TLS 1.3, with a secret of Vault.
 * MongoDB's half is left out, since the stand-in for MongoDB speaks no TLS; the table is on disk.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HardenedWorkerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String VAULT_CANARY = "canary-of-vault";
    private static final int ROWS = 20;

    @TempDir
    static Path directory;

    private static final List<ChildProcess> PROCESSES = new ArrayList<>();
    private static final List<SecuredWorker> WORKERS = new ArrayList<>();
    private static final List<String> ANSWERS = new ArrayList<>();

    private static StackDirectory stack;
    private static HardenedExample example;
    private static HardenedExample.Identities identities;
    private static IdentityProvider provider;
    private static VaultStandIn vault;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        stack = new StackDirectory(directory);
        FreePorts ports = new FreePorts();
        example = new HardenedExample(stack, ports.next(), ports.next());
        identities = example.createIdentities();
        http = HttpClient.newBuilder().sslContext(identities.broker().context()).build();
        provider = IdentityProvider.start();
        vault = VaultStandIn.withTls(identities.vault(), "TLSv1.3");
        vault.write("shop/lake", Map.of("access", VAULT_CANARY, "secret", VAULT_CANARY));
        Files.writeString(directory.resolve("etc/kafka-connect/vault-secret-id"), VaultStandIn.SECRET_ID);
        startBroker();
        try (Admin admin = Admin.create(client(identities.broker()))) {
            admin.createAcls(HardenedExample.acls()).all().get();
            admin.createTopics(Stream.of("connect-audit", "shop.shop.orders", "other")
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        produce();
        for (String name : List.of("worker-1", "worker-2")) {
            SecuredWorker worker = example.worker(name, ports.next(), addresses());
            WORKERS.add(worker);
            PROCESSES.add(worker.start(stack));
        }
        for (int i = 0; i < WORKERS.size(); i++) {
            PROCESSES.get(i + 1).awaitReady(PATIENCE);
            int number = i;
            await("worker " + i + " is ready")
                    .atMost(PATIENCE)
                    .ignoreException(IOException.class)
                    .until(() -> call(number, "health", "GET", "/health", "").statusCode() == 200);
        }
    }

    @AfterAll
    static void stop() {
        for (int i = PROCESSES.size() - 1; i >= 0; i--) {
            PROCESSES.get(i).stop(Duration.ofSeconds(20));
        }
        if (provider != null) {
            provider.close();
        }
        if (vault != null) {
            vault.close();
        }
    }

    @Test
    @Order(1)
    void callsToTheFollowerAreForwardedAndAuditedOnce() throws Exception {
        for (int worker = 0; worker < 2; worker++) {
            int number = worker;
            int expected = worker == 0 ? 201 : 200;
            await("worker " + worker + " takes the connector").atMost(PATIENCE).until(() -> {
                HttpResponse<String> answer =
                        call(number, "change-" + number, "PUT", "/connectors/lake/config", sink(number));
                assertThat(answer.statusCode()).as(answer.body()).isIn(expected, 409);
                return answer.statusCode() == expected;
            });
        }
        assertThat(logs()).as("one of the two is not the leader").contains("forward=true");
        for (int worker = 0; worker < 2; worker++) {
            String identifier = "\"requestId\":\"change-" + worker + "\"";
            assertThat(auditLines(0).stream()
                                    .filter(line -> line.contains(identifier) && line.contains("allowed"))
                                    .count()
                            + auditLines(1).stream()
                                    .filter(line -> line.contains(identifier) && line.contains("allowed"))
                                    .count())
                    .as("both hops of change-" + worker)
                    .isEqualTo(1);
        }
        assertThat(logs()).doesNotContain("\"forwarded\":true");
    }

    @Test
    @Order(2)
    void recordsReachTheTableWithASecretOfVault() {
        await("the table has every row")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rows()).isEqualTo(ROWS));
        assertThat(vault.requests()).contains("POST auth/approle/login", "GET secret/data/shop/lake");
    }

    @Test
    @Order(3)
    void olderAndPlainConnectionsAreRefused() throws Exception {
        for (int port :
                List.of(WORKERS.get(0).port(), WORKERS.get(1).port(), example.brokerPort(), example.controllerPort())) {
            handshake(port, "TLSv1.3");
            assertThatThrownBy(() -> handshake(port, "TLSv1.2"))
                    .as("port " + port)
                    .isInstanceOf(SSLException.class);
        }
        HttpRequest plain = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + WORKERS.get(0).port() + "/health"))
                .build();
        assertThatThrownBy(() -> http.send(plain, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + example.brokerPort(),
                "default.api.timeout.ms",
                "3000",
                "request.timeout.ms",
                "3000"))) {
            assertThatThrownBy(() -> admin.describeCluster().nodes().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    @Order(4)
    void workerMayWriteToItsOwnTopicsAlone() {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(client(identities.worker()), new StringSerializer(), new StringSerializer())) {
            assertThatThrownBy(() ->
                            producer.send(new ProducerRecord<>("other", "x")).get(60, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    @Order(5)
    void connectorsMayNotOverrideWhatThePolicyDoesNotList() throws Exception {
        HttpResponse<String> answer = call(
                0,
                "override",
                "PUT",
                "/connectors/lake/config",
                sink(0).replace("consumer.override.isolation.level", "consumer.override.bootstrap.servers"));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    @Order(6)
    void auditIsWholeAndNoSecretIsAnywhere() throws Exception {
        call(0, "config", "GET", "/connectors/lake/config", "");
        call(1, "tasks", "GET", "/connectors/lake/tasks", "");
        PROCESSES.subList(1, 3).forEach(worker -> worker.stop(Duration.ofSeconds(60)));
        for (int worker = 0; worker < 2; worker++) {
            AuditVerifier verifier = new AuditVerifier(HardenedExample.AUDIT_KEY);
            auditLines(worker).forEach(verifier::read);
            assertThat(verifier.report().findings()).isEmpty();
            assertThat(verifier.report().chains()).hasSize(1).containsValue(true);
        }
        assertThat(logs()).doesNotContain("canary");
        assertThat(ANSWERS).isNotEmpty().noneMatch(answer -> answer.contains("canary"));
    }

    private static void startBroker() throws Exception {
        Path file = StackDirectory.writeProperties(stack.configuration("broker.properties"), example.broker());
        ChildProcess broker = ChildProcess.start(new ProcessSpec(
                "broker",
                List.of(Installation.find().kafkaLibrary()),
                List.of("-Xmx384m", "-XX:+UseSerialGC"),
                new ProcessSpec.Program("dev.cdcdelta.stack.kafka.BrokerMain", List.of(file.toString())),
                stack.log("broker"),
                Readiness.port(example.brokerPort())));
        PROCESSES.add(broker);
        broker.awaitReady(PATIENCE);
    }

    private static Map<String, String> addresses() {
        return Map.of(
                "rest.security.jwks.url",
                provider.jwksUrl(),
                "config.providers.vault.param.address",
                vault.address(),
                "config.providers.vault.param.namespace",
                VaultStandIn.NAMESPACE,
                "config.providers.vault.param.auth.role.id",
                VaultStandIn.ROLE_ID);
    }

    private static Map<String, Object> client(Certificates certificates) {
        return Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + example.brokerPort(),
                "security.protocol",
                "SSL",
                "ssl.enabled.protocols",
                "TLSv1.3",
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                certificates.keystore().toString(),
                "ssl.keystore.password",
                certificates.password(),
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.location",
                certificates.truststore().toString(),
                "ssl.truststore.password",
                certificates.password());
    }

    private static void produce() throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(client(identities.broker()), new StringSerializer(), new StringSerializer())) {
            for (int id = 1; id <= ROWS; id++) {
                String value = "{\"op\":\"c\",\"after\":\"{\\\"_id\\\": " + id
                        + "}\",\"source\":{\"connector\":\"mongodb\","
                        + "\"db\":\"shop\",\"collection\":\"orders\",\"ts_ms\":1700000000000,\"ord\":" + id + "}}";
                producer.send(new ProducerRecord<>("shop.shop.orders", "{\"id\":\"" + id + "\"}", value))
                        .get();
            }
        }
    }

    private static String sink(int number) {
        return "{\"name\":\"lake\",\"connector.class\":\"dev.cdcdelta.sink.DeltaSinkConnector\",\"tasks.max\":\"1\","
                + "\"topics\":\"shop.shop.orders\",\"commit.interval.ms\":\"1000\",\"note\":\"" + number + "\","
                + "\"warehouse\":\"file://" + directory.resolve("warehouse") + "\","
                + "\"hadoop.fs.s3a.access.key\":\"${vault:shop/lake:access}\","
                + "\"hadoop.fs.s3a.secret.key\":\"${vault:shop/lake:secret}\","
                + "\"consumer.override.isolation.level\":\"read_committed\"}";
    }

    /** As the statistics of the table's log tell. */
    private static int rows() throws IOException {
        Path warehouse = directory.resolve("warehouse");
        if (!Files.isDirectory(warehouse)) {
            return 0;
        }
        int rows = 0;
        try (Stream<Path> files = Files.walk(warehouse)) {
            for (Path file : files.filter(path -> path.toString().matches(".*/_delta_log/\\d+\\.json"))
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    int place = line.indexOf("\\\"numRecords\\\":");
                    if (line.startsWith("{\"add\":") && place >= 0) {
                        rows += Integer.parseInt(line.substring(place + 15).split("[^0-9]")[0]);
                    }
                }
            }
        }
        return rows;
    }

    private static void handshake(int port, String protocol) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) identities.broker().context().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
        }
    }

    private static HttpResponse<String> call(int worker, String identifier, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + WORKERS.get(worker).port() + path))
                .header("Authorization", "Bearer " + provider.token("ada", "administrator"))
                .header("X-Request-Id", identifier)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        ANSWERS.add(answer.body());
        return answer;
    }

    private static List<String> auditLines(int worker) throws IOException {
        try (Stream<String> lines = Files.lines(WORKERS.get(worker).log(stack))) {
            return lines.filter(line -> line.contains(" dev.cdcdelta.worker.audit ["))
                    .map(line -> line.substring(line.indexOf("] {") + 2))
                    .toList();
        }
    }

    private static String logs() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(stack.logs())) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
