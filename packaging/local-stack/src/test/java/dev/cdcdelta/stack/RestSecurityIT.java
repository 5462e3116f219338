package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.stack.process.ChildProcess;
import dev.cdcdelta.stack.process.FreePorts;
import dev.cdcdelta.stack.process.Readiness;
import dev.cdcdelta.stack.service.BrokerService;
import dev.cdcdelta.stack.service.Installation;
import dev.cdcdelta.stack.service.StackDirectory;
import dev.cdcdelta.worker.audit.AuditVerifier;
import dev.cdcdelta.worker.identity.IdentityProvider;
import dev.cdcdelta.worker.identity.WorkerRoutes;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route of a real worker, called by everybody. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestSecurityIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AUDIT_KEY = "an audit key of 32 characters at least";
    /** In a file that a connector refers to, in a configuration in clear, in an address, in a body that is refused. */
    private static final List<String> CANARIES =
            List.of("canary-in-a-file", "canary-in-clear", "canary-in-an-address", "canary-in-a-refused-body");

    private static final String PLUGIN = "dev.cdcdelta.sink.DeltaSinkConnector";

    @TempDir
    static Path directory;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> ANSWERS = new ArrayList<>();
    private static final Set<String> TOKENS = new HashSet<>();
    private static int audited;

    private static StackDirectory stack;
    private static IdentityProvider provider;
    private static ChildProcess broker;
    private static ChildProcess worker;
    private static SecuredWorker settings;
    private static String url;
    private static String bootstrapServers;

    /** Who calls, in the order of the columns of {@link #TABLE}. */
    private enum Who {
        NOBODY,
        EXPIRED,
        OTHER_ISSUER,
        ALGORITHM_NONE,
        PUBLIC_KEY_AS_SECRET,
        ANALYST,
        OPERATOR,
        ADMINISTRATOR
    }

    /** @param statuses of the answers to the last three; a bad token or none is answered with 401 */
    private record Row(String route, String path, String body, boolean open, List<Integer> statuses) {
        int expected(Who who) {
            int role = who.ordinal() - Who.ANALYST.ordinal();
            if (open) {
                return statuses.get(0);
            }
            return role < 0 ? 401 : statuses.get(role);
        }
    }

    private static final List<Row> TABLE = List.of(
            row("GET /", "/", 200, 200, 200),
            new Row("GET /health", "/health", "", true, List.of(200)),
            row("GET /connectors", "/connectors?expand=info&expand=status", 200, 200, 200),
            row("GET /connectors/{connector}", "/connectors/table", 200, 200, 200),
            row("GET /connectors/{connector}/config", "/connectors/table/config", 200, 200, 200),
            row("GET /connectors/{connector}/status", "/connectors/table/status", 200, 200, 200),
            row("GET /connectors/{connector}/topics", "/connectors/table/topics", 200, 200, 200),
            row("GET /connectors/{connector}/tasks", "/connectors/table/tasks", 200, 200, 200),
            row("GET /connectors/{connector}/tasks/{task}/status", "/connectors/table/tasks/0/status", 200, 200, 200),
            row("GET /connectors/{connector}/offsets", "/connectors/table/offsets", 200, 200, 200),
            row("GET /connector-plugins", "/connector-plugins", 200, 200, 200),
            row(
                    "GET /connector-plugins/{pluginName}/config",
                    "/connector-plugins/" + PLUGIN + "/config",
                    200,
                    200,
                    200),
            row("PUT /connectors/{connector}/topics/reset", "/connectors/table/topics/reset", 403, 202, 202),
            row("POST /connectors/{connector}/restart", "/connectors/table/restart", 403, 204, 204),
            row(
                    "POST /connectors/{connector}/tasks/{task}/restart",
                    "/connectors/table/tasks/0/restart",
                    403,
                    204,
                    204),
            row("PUT /connectors/{connector}/pause", "/connectors/table/pause", 403, 202, 202),
            row("PUT /connectors/{connector}/resume", "/connectors/table/resume", 403, 202, 202),
            row(
                    "PATCH /connectors/{connector}/config",
                    "/connectors/table/config",
                    "{\"run.id\":\"7\"}",
                    403,
                    200,
                    200),
            row("PUT /connectors/{connector}/stop", "/connectors/table/stop", 403, 204, 204),
            row("PATCH /connectors/{connector}/offsets", "/connectors/table/offsets", offsets(), 403, 200, 200),
            row("DELETE /connectors/{connector}/offsets", "/connectors/table/offsets", 403, 200, 200),
            row("PUT /connectors/{connector}/config", "/connectors/table/config", config("table"), 403, 403, 200),
            row(
                    "POST /connectors",
                    "/connectors",
                    "{\"name\":\"second\",\"config\":" + config("second") + "}",
                    403,
                    403,
                    201),
            row("DELETE /connectors/{connector}", "/connectors/second", 403, 403, 204),
            row(
                    "PUT /connector-plugins/{pluginName}/config/validate",
                    "/connector-plugins/" + PLUGIN + "/config/validate",
                    config("table"),
                    403,
                    403,
                    200),
            row("GET /admin/loggers", "/admin/loggers", 403, 403, 200),
            row("GET /admin/loggers/{logger}", "/admin/loggers/root", 403, 403, 200),
            row(
                    "PUT /admin/loggers/{logger}",
                    "/admin/loggers/dev.cdcdelta.none",
                    "{\"level\":\"WARN\"}",
                    403,
                    403,
                    200),
            row("POST /connectors/{connector}/tasks", "/connectors/table/tasks", "[]", 401, 401, 401),
            row("PUT /connectors/{connector}/fence", "/connectors/table/fence", 401, 401, 401));

    @BeforeAll
    static void start() throws Exception {
        stack = new StackDirectory(directory);
        provider = IdentityProvider.start();
        FreePorts ports = new FreePorts();
        BrokerService service = new BrokerService(ports.next(), ports.next());
        bootstrapServers = service.bootstrapServers();
        broker = ChildProcess.start(service.process(Installation.find(), stack));
        broker.awaitReady(PATIENCE);
        Files.writeString(stack.secrets(), "key=" + CANARIES.get(0) + "\n");
        int port = ports.next();
        url = "http://127.0.0.1:" + port;
        settings = worker(port);
        worker = settings.start(stack);
        worker.awaitReady(PATIENCE);
        // Until its resources are there, the server itself answers with 404.
        Readiness health = Readiness.http(URI.create(url + "/health"));
        await("the worker is ready").atMost(PATIENCE).until(health::isReady);
        await("the worker has joined its group")
                .atMost(PATIENCE)
                .until(() -> call(Who.ADMINISTRATOR, "PUT", "/connectors/table/config", config("table"))
                                .statusCode()
                        == 201);
        await("the connector runs")
                .atMost(PATIENCE)
                .until(() -> call(Who.ADMINISTRATOR, "GET", "/connectors/table/tasks/0/status", "")
                        .body()
                        .contains("RUNNING"));
    }

    @AfterAll
    static void stop() {
        if (worker != null) {
            worker.stop(Duration.ofSeconds(20));
        }
        if (broker != null) {
            broker.stop(Duration.ofSeconds(10));
        }
        if (provider != null) {
            provider.close();
        }
    }

    @Test
    @Order(1)
    void theTableHasEveryRouteOfTheWorkerAndNoOther() throws Exception {
        List<Path> jars;
        Path library = Path.of(Installation.find().kafkaLibrary()).getParent();
        try (Stream<Path> files = Files.list(library)) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        Path runtime = jars.stream()
                .filter(jar -> jar.getFileName().toString().startsWith("connect-runtime"))
                .findFirst()
                .orElseThrow();
        try (URLClassLoader loader = new URLClassLoader(urls, null)) {
            Set<String> listed = TABLE.stream().map(Row::route).collect(Collectors.toSet());
            assertThat(listed).isEqualTo(WorkerRoutes.of(runtime, loader));
        }
    }

    static Stream<Arguments> everyRouteForEverybody() {
        return TABLE.stream().flatMap(row -> Stream.of(Who.values()).map(who -> Arguments.of(row.route(), who, row)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everyRouteForEverybody")
    @Order(2)
    void everyRouteForEverybody(String route, Who who, Row row) throws Exception {
        String method = route.substring(0, route.indexOf(' '));
        // 409 while the group rebalances: what comes next in the table follows a change at once.
        HttpResponse<String> response = await("an answer")
                .atMost(PATIENCE)
                .until(() -> call(who, method, row.path(), row.body()), answer -> answer.statusCode() != 409);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(row.expected(who));
    }

    @Test
    @Order(3)
    void whatIsNotListedIsDenied() throws Exception {
        for (String path :
                List.of("/unknown", "/application.wadl", "/connectors;a=b", "/connectors/table/config/new")) {
            assertThat(call(Who.NOBODY, "GET", path, "").statusCode()).as(path).isEqualTo(401);
            assertThat(call(Who.ADMINISTRATOR, "GET", path, "").statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(call(Who.ADMINISTRATOR, "OPTIONS", "/connectors", "").statusCode())
                .isEqualTo(403);
        assertThat(call(Who.NOBODY, "HEAD", "/connectors", "").statusCode()).isEqualTo(401);
        assertThat(call(Who.ANALYST, "HEAD", "/connectors", "").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(4)
    void forgedSignatureOfAWorkerIsFoundByTheWorker() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/connectors/table/tasks"))
                .header("Content-Type", "application/json")
                .header("X-Connect-Authorization", "Zm9yZ2Vk")
                .header("X-Connect-Request-Signature-Algorithm", "HmacSHA256")
                .POST(HttpRequest.BodyPublishers.ofString("[]"))
                .build();
        audited++;
        assertThat(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
    }

    @Test
    @Order(5)
    void configurationsAreMaskedAndRulesHoldForAdministratorsToo() throws Exception {
        call(Who.OPERATOR, "PUT", "/connectors/table/resume", "");
        await("the connector has tasks again")
                .atMost(PATIENCE)
                .until(() -> call(Who.ANALYST, "GET", "/connectors/table/tasks", "")
                        .body()
                        .contains("config"));
        for (String path : List.of("/connectors/table/config", "/connectors?expand=info", "/connectors/table/tasks")) {
            assertThat(call(Who.ANALYST, "GET", path, "").body())
                    .as(path)
                    .contains("[hidden]")
                    .doesNotContain(CANARIES);
        }
        assertThat(call(Who.ADMINISTRATOR, "GET", "/connectors/table/config", "")
                        .body())
                .contains(CANARIES.get(1), "${file:");
        for (String body : List.of(
                "{\"producer.override.sasl.jaas.config\":\"" + CANARIES.get(3) + "\"}",
                "{\"a\":\"${env:" + CANARIES.get(3) + "}\"}",
                "{\"a\":\"" + CANARIES.get(3) + "\",\"a\":\"2\"}")) {
            HttpResponse<String> response = call(Who.ADMINISTRATOR, "PUT", "/connectors/table/config", body);
            assertThat(response.statusCode()).isIn(400, 403);
            assertThat(response.body()).contains("\"error_code\"", "\"message\"");
        }
        assertThat(call(Who.OPERATOR, "PATCH", "/connectors/table/config", "{\"topics\":\"other\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(call(Who.ADMINISTRATOR, "PUT", "/connectors/table/config", "{\"a\":\"" + "x".repeat(70_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    @Order(6)
    void validationDoesNotTellWhatReferencesResolveTo() throws Exception {
        String reference = "${file:" + stack.secrets() + ":key}";
        String body =
                "{\"connector.class\":\"" + PLUGIN + "\",\"name\":\"table\",\"topics\":\"events\",\"tasks.max\":\""
                        + reference + "\",\"warehouse\":\"" + reference + "\"}";
        HttpResponse<String> validated =
                call(Who.ADMINISTRATOR, "PUT", "/connector-plugins/" + PLUGIN + "/config/validate", body);
        assertThat(validated.statusCode()).isEqualTo(200);
        assertThat(validated.body()).contains("${file:");
        HttpResponse<String> created = call(
                Who.ADMINISTRATOR,
                "PUT",
                "/connectors/refused/config",
                body.replace("\"name\":\"table\"", "\"name\":\"refused\""));
        assertThat(created.statusCode()).isEqualTo(400);
        assertThat(created.body()).contains("Invalid value [hidden] for configuration");
    }

    @Test
    @Order(7)
    void keysThatRotateCountAndThoseWithdrawnDoNot() throws Exception {
        String old = provider.token("ada", "administrator");
        provider.rotate("second", true);
        assertThat(call(Who.ADMINISTRATOR, "GET", "/connectors", "").statusCode())
                .isEqualTo(200);
        assertThat(send(old, "GET", "/connectors", "").statusCode()).isEqualTo(401);
    }

    @Test
    @Order(8)
    void everyCallIsAuditedOnceAndNoSecretIsAnywhere() throws Exception {
        await("the last call is answered")
                .atMost(PATIENCE)
                .until(() -> auditLines().size() >= audited);
        worker.stop(Duration.ofSeconds(60));
        List<String> lines = auditLines();
        assertThat(lines).hasSize(audited + 1);
        assertWhole(lines);
        try (TopicReader topic = new TopicReader(bootstrapServers, "audit")) {
            List<String> sent = await("the audit topic has every line")
                    .atMost(PATIENCE)
                    .until(topic::poll, records -> records.size() == lines.size())
                    .stream()
                    .map(ConsumerRecord::value)
                    .toList();
            assertThat(sent).isEqualTo(lines);
        }

        JsonNode change = lines.stream()
                .map(RestSecurityIT::json)
                .filter(line -> line.path("method").asText().equals("PATCH")
                        && line.path("role").asText().equals("OPERATOR")
                        && line.path("outcome").asText().equals("allowed")
                        && line.path("route").asText().endsWith("/config"))
                .findFirst()
                .orElseThrow();
        assertThat(change.path("connector").asText()).isEqualTo("table");
        assertThat(change.path("who").asText()).isEqualTo("operator");
        assertThat(change.path("keys").toString()).isEqualTo("[\"run.id\"]");

        try (Stream<Path> files = Files.walk(stack.logs())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                assertThat(CANARIES).as("in " + file).noneMatch(text::contains);
                assertThat(TOKENS).as("in " + file).noneMatch(text::contains);
            }
        }
        assertThat(ANSWERS)
                .isNotEmpty()
                .allSatisfy(answer ->
                        assertThat(answer).doesNotContain(CANARIES.get(0)).doesNotContain(CANARIES.get(3)));
    }

    private static void assertWhole(List<String> lines) {
        AuditVerifier verifier = new AuditVerifier(AUDIT_KEY);
        lines.forEach(verifier::read);
        assertThat(verifier.report().findings()).isEmpty();
        assertThat(verifier.report().chains()).hasSize(1).containsValue(true);
    }

    private static List<String> auditLines() throws IOException {
        String marker = " dev.cdcdelta.worker.audit [";
        try (Stream<String> lines = Files.lines(settings.log(stack))) {
            return lines.filter(line -> line.contains(marker))
                    .map(line -> line.substring(line.indexOf("] {", line.indexOf(marker)) + 2))
                    .toList();
        }
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    private static SecuredWorker worker(int port) throws IOException {
        Map<String, String> properties = SecuredWorker.basics(stack, bootstrapServers);
        properties.putAll(Map.ofEntries(
                Map.entry("listeners", url),
                Map.entry("rest.extension.classes", "dev.cdcdelta.worker.SecurityRestExtension"),
                Map.entry("rest.security.jwks.url", provider.jwksUrl()),
                Map.entry("rest.security.jwks.refresh.min.interval.ms", "0"),
                Map.entry("rest.security.token.issuer", IdentityProvider.ISSUER),
                Map.entry("rest.security.token.audience", IdentityProvider.AUDIENCE),
                Map.entry("rest.security.config.providers.allowed", "file"),
                Map.entry("rest.security.body.max.bytes", "65536"),
                Map.entry("rest.security.audit.topic", "audit"),
                Map.entry("rest.security.audit.key", AUDIT_KEY),
                Map.entry("config.providers", "file"),
                Map.entry("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider"),
                Map.entry("config.providers.file.param.allowed.paths", directory.toString())));
        return new SecuredWorker("worker", port, properties, List.of());
    }

    private static Row row(String route, String path, Integer... statuses) {
        return row(route, path, "", statuses);
    }

    private static Row row(String route, String path, String body, Integer... statuses) {
        return new Row(route, path, body, false, List.of(statuses));
    }

    private static String config(String name) {
        return "{\"name\":\"" + name + "\",\"connector.class\":\"" + PLUGIN
                + "\",\"tasks.max\":\"1\",\"topics\":\"events\",\"warehouse\":\"file:///WAREHOUSE\","
                + "\"hadoop.fs.s3a.secret.key\":\"" + CANARIES.get(1)
                + "\",\"hadoop.fs.s3a.access.key\":\"${file:SECRETS:key}\","
                + "\"note\":\"db://user:" + CANARIES.get(2) + "@host/\"}";
    }

    private static String offsets() {
        return "{\"offsets\":[{\"partition\":{\"kafka_topic\":\"events\",\"kafka_partition\":0},\"offset\":{\"kafka_offset\":0}}]}";
    }

    private static HttpResponse<String> call(Who who, String method, String path, String body) throws Exception {
        String token = switch (who) {
            case NOBODY -> "";
            case EXPIRED -> provider.expiredToken();
            case OTHER_ISSUER -> provider.tokenOfOtherIssuer();
            case ALGORITHM_NONE -> provider.unsignedToken();
            case PUBLIC_KEY_AS_SECRET -> provider.tokenSignedWithPublicKey();
            case ANALYST -> provider.token("analyst", "analyst");
            case OPERATOR -> provider.token("operator", "operator");
            case ADMINISTRATOR -> provider.token("ada", "administrator");
        };
        return send(token, method, path, body);
    }

    private static HttpResponse<String> send(String token, String method, String path, String body) throws Exception {
        String text = body.replace(
                        "WAREHOUSE", directory.resolve("warehouse").toString().substring(1))
                .replace("SECRETS", stack.secrets().toString());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        text.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(text));
        if (!token.isEmpty()) {
            TOKENS.add(token);
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        ANSWERS.add(response.body());
        audited += path.equals("/health") ? 0 : 1;
        return response;
    }
}
