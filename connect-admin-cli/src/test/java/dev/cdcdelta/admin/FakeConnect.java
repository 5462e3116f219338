package dev.cdcdelta.admin;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cdcdelta.admin.rest.ConnectorStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Connect's REST API over a real socket: configurations are kept, other answers are as recorded from a 4.3.1 worker. */
final class FakeConnect implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REBALANCE =
            "{\"error_code\":409,\"message\":\"Cannot complete request momentarily due to stale"
                    + " configuration (typically caused by a concurrent config change)\"}";

    /** By the verb that leads to them. */
    private static final Map<String, String> STATES = Map.of("pause", "PAUSED", "stop", "STOPPED");

    private final HttpServer server;
    private final String scheme;
    private final Map<String, Map<String, String>> connectors = new ConcurrentHashMap<>();
    private final Map<String, String> statuses = new ConcurrentHashMap<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private final AtomicInteger rebalancing = new AtomicInteger();

    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> bodies = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    record Answer(int status, String body) {}

    FakeConnect() throws IOException {
        this(HttpServer.create(), "http");
    }

    /** @param server without an address yet */
    FakeConnect(HttpServer server, String scheme) throws IOException {
        this.server = server;
        this.scheme = scheme;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    static String recorded(String name) throws IOException {
        try (InputStream resource =
                Objects.requireNonNull(FakeConnect.class.getResourceAsStream("/connect/" + name), name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    String url() {
        return scheme + "://localhost:" + server.getAddress().getPort();
    }

    /** The answers to these next requests that change something are 409. */
    void rebalance(int times) {
        rebalancing.set(times);
    }

    /** A fixed answer instead of the usual one, for {@code "PUT /path"}. */
    void answer(String request, int status, String body) {
        answers.put(request, new Answer(status, body));
    }

    void status(String connector, String json) {
        statuses.put(connector, json);
    }

    Map<String, String> config(String connector) {
        return connectors.getOrDefault(connector, Map.of());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String request =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            requests.add(request);
            bodies.add(body);
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            Answer fixed = answers.get(request);
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            Answer answer = fixed != null ? fixed : answer(exchange.getRequestMethod(), request, query, body);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer answer(String method, String request, String query, String body) throws IOException {
        if (!method.equals("GET") && !request.endsWith("/validate") && rebalancing.getAndDecrement() > 0) {
            return new Answer(409, REBALANCE);
        }
        String path = request.substring(request.indexOf(' ') + 1);
        if (path.equals("/")) {
            return new Answer(200, recorded("root.json"));
        }
        if (path.equals("/connector-plugins")) {
            return new Answer(200, recorded("plugins.json"));
        }
        if (path.startsWith("/connector-plugins/")) {
            return new Answer(200, "{\"name\":\"any\",\"error_count\":0,\"groups\":[],\"configs\":[]}");
        }
        if (path.equals("/admin/loggers")) {
            return new Answer(200, "{\"root\":{\"level\":\"INFO\",\"last_modified\":null}}");
        }
        if (path.startsWith("/admin/loggers/")) {
            return new Answer(method.equals("GET") ? 200 : 204, method.equals("GET") ? "{\"level\":\"INFO\"}" : "");
        }
        if (path.equals("/connectors")) {
            return connectors(method, query, body);
        }
        return connector(method, path.split("/"), body);
    }

    private Answer connectors(String method, String query, String body) throws IOException {
        if (method.equals("POST")) {
            JsonNode created = JSON.readTree(body);
            String name = created.path("name").asText();
            if (connectors.containsKey(name)) {
                return new Answer(409, "{\"error_code\":409,\"message\":\"Connector " + name + " already exists\"}");
            }
            connectors.put(name, JSON.convertValue(created.path("config"), new TypeReference<>() {}));
            return new Answer(201, body);
        }
        return new Answer(
                200,
                JSON.writeValueAsString(query.contains("expand") ? expanded() : new TreeSet<>(connectors.keySet())));
    }

    private Answer connector(String method, String[] path, String body) throws IOException {
        String name = path[2];
        String part = path.length > 3 ? path[3] : "";
        if (method.equals("PUT") && part.equals("config")) {
            Map<String, String> config = JSON.readValue(body, new TypeReference<>() {});
            boolean existed = connectors.put(name, config) != null;
            return new Answer(existed ? 200 : 201, JSON.writeValueAsString(Map.of("name", name, "config", config)));
        }
        Map<String, String> config = connectors.get(name);
        if (config == null) {
            return new Answer(404, "{\"error_code\":404,\"message\":\"Connector " + name + " not found\"}");
        }
        if (method.equals("DELETE")) {
            connectors.remove(name);
            return new Answer(204, "");
        }
        if (!method.equals("GET")) {
            states.put(name, STATES.getOrDefault(part, ConnectorStatus.RUNNING));
            return new Answer(part.equals("restart") ? 204 : 202, "");
        }
        if (part.equals("topics")) {
            return new Answer(200, "{\"" + name + "\":{\"topics\":[\"b.c\",\"a.c\"]}}");
        }
        if (part.isEmpty()) {
            return new Answer(
                    200,
                    JSON.writeValueAsString(
                            Map.of("name", name, "config", config, "tasks", List.of(), "type", "sink")));
        }
        return new Answer(200, part.equals("status") ? status(name) : JSON.writeValueAsString(config));
    }

    private Map<String, Object> expanded() throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String name : new ArrayList<>(connectors.keySet())) {
            all.put(
                    name,
                    Map.of(
                            "info", Map.of("name", name, "config", config(name), "tasks", List.of(), "type", "sink"),
                            "status", JSON.readTree(status(name))));
        }
        return all;
    }

    private String status(String name) {
        String state = states.getOrDefault(name, ConnectorStatus.RUNNING);
        if (!state.equals(ConnectorStatus.RUNNING)) {
            String part = "{\"state\":\"" + state + "\",\"worker_id\":\"127.0.0.1:8083\"}";
            return "{\"name\":\"" + name + "\",\"connector\":" + part + ",\"tasks\":[],\"type\":\"sink\"}";
        }
        return statuses.getOrDefault(
                name,
                "{\"name\":\"" + name
                        + "\",\"connector\":{\"state\":\"RUNNING\",\"worker_id\":\"127.0.0.1:8083\",\"version\":\"0.1.0\"},"
                        + "\"tasks\":[{\"id\":0,\"state\":\"RUNNING\",\"worker_id\":\"127.0.0.1:8083\",\"version\":\"0.1.0\"}],"
                        + "\"type\":\"sink\"}");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
