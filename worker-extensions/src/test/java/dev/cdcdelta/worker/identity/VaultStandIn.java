package dev.cdcdelta.worker.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for a Vault server, after its documented HTTP API: key-value engines of both versions, a database engine that
 * makes users, the logins, tokens that end, namespaces. It is not Vault: policies are a set of paths, leases do not end.
 */
public final class VaultStandIn implements AutoCloseable {
    public static final String NAMESPACE = "teams/data";
    public static final String ROLE_ID = "role-1";
    public static final String SECRET_ID = "canary-secret-id";
    public static final String JWT = "canary-jwt";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final String scheme;
    private final Set<String> tokens = Collections.synchronizedSet(new HashSet<>(Set.of("canary-root-token")));
    private final Map<String, Map<String, Object>> secrets = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private final Deque<Integer> failures = new ArrayDeque<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private int number;
    private long tokenSeconds = 3600;

    private VaultStandIn(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/v1/", this::handle);
    }

    public static VaultStandIn plain() throws IOException {
        VaultStandIn vault = new VaultStandIn(HttpServer.create(loopback(), 0), "http");
        vault.server.start();
        return vault;
    }

    public static VaultStandIn withTls(Certificates certificates, String protocol)
            throws IOException, GeneralSecurityException {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.context()) {
            @Override
            public void configure(HttpsParameters parameters) {
                javax.net.ssl.SSLParameters chosen = getSSLContext().getDefaultSSLParameters();
                chosen.setProtocols(new String[] {protocol});
                parameters.setSSLParameters(chosen);
            }
        });
        VaultStandIn vault = new VaultStandIn(server, "https");
        server.start();
        return vault;
    }

    public String address() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort();
    }

    public synchronized void write(String path, Map<String, Object> fields) {
        secrets.put(path, fields);
    }

    public synchronized void delete(String path) {
        deleted.add(path);
    }

    public synchronized void revokeTokens() {
        tokens.clear();
    }

    public synchronized void tokensLast(long seconds) {
        tokenSeconds = seconds;
    }

    /** The next requests are answered with these. */
    public synchronized void failNext(Integer... statuses) {
        failures.addAll(List.of(statuses));
    }

    /** {@code POST auth/approle/login}, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/v1/".length());
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        requests.add(exchange.getRequestMethod() + " " + path);
        if (!failures.isEmpty()) {
            // As bad as it can be: the error quotes what was sent.
            answer(
                    exchange,
                    failures.poll(),
                    error("canary " + exchange.getRequestHeaders().getFirst("X-Vault-Token") + body));
        } else if (!NAMESPACE.equals(exchange.getRequestHeaders().getFirst("X-Vault-Namespace"))) {
            answer(exchange, 404, error("no handler for route"));
        } else if (path.startsWith("auth/") && path.endsWith("/login")) {
            answer(exchange, path, login(path, body));
        } else if (!tokens.contains(String.valueOf(exchange.getRequestHeaders().getFirst("X-Vault-Token")))) {
            answer(exchange, 403, error("permission denied"));
        } else {
            answer(exchange, path, authorized(path, body));
        }
    }

    private @Nullable ObjectNode login(String path, JsonNode body) {
        boolean isKnown = switch (path) {
            case "auth/approle/login" ->
                body.path("role_id").asText().equals(ROLE_ID)
                        && body.path("secret_id").asText().equals(SECRET_ID);
            case "auth/kubernetes/login", "auth/gitlab/login" ->
                body.path("role").asText().equals("connect")
                        && body.path("jwt").asText().equals(JWT);
            default -> false;
        };
        return isKnown ? auth("canary-token-" + ++number) : null;
    }

    private ObjectNode auth(String token) {
        tokens.add(token);
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("auth")
                .put("client_token", token)
                .put("lease_duration", tokenSeconds)
                .put("renewable", true);
        return answer;
    }

    private @Nullable ObjectNode authorized(String path, JsonNode body) {
        ObjectNode answer = JSON.createObjectNode();
        if (path.equals("auth/token/lookup-self")) {
            answer.putObject("data").put("ttl", 0).put("renewable", false);
            return answer;
        }
        if (path.equals("auth/token/renew-self")) {
            return auth("canary-token-" + number);
        }
        if (path.equals("sys/leases/renew")) {
            return answer.put(
                    "lease_duration", Math.min(7200, body.path("increment").asLong()));
        }
        if (path.startsWith("database/creds/")) {
            answer.put("lease_id", path + "/" + ++number)
                    .put("lease_duration", 3600)
                    .put("renewable", true);
            answer.putObject("data").put("username", "user-" + number).put("password", "canary-" + number);
            return answer;
        }
        boolean isSecond = path.startsWith("secret/data/");
        String name = isSecond ? path.substring("secret/data/".length()) : path.replaceFirst("^kv/", "");
        Map<String, Object> fields = deleted.contains(name) ? null : secrets.get(name);
        if (fields == null) {
            return null;
        }
        answer.put("lease_duration", isSecond ? 0 : 2_764_800);
        (isSecond ? answer.putObject("data") : answer).set("data", JSON.valueToTree(fields));
        return answer;
    }

    private static void answer(HttpExchange exchange, String path, @Nullable ObjectNode answer) throws IOException {
        if (answer != null) {
            answer(exchange, 200, answer);
        } else if (path.endsWith("/login")) {
            answer(exchange, 400, error("invalid role or secret ID"));
        } else {
            answer(exchange, 404, JSON.createObjectNode().set("errors", JSON.createArrayNode()));
        }
    }

    private static ObjectNode error(String text) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putArray("errors").add(text);
        return answer;
    }

    private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
