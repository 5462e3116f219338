package dev.cdcdelta.bench.smt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry in this process that agrees to everything, for one subject: what a transform costs that has one is measured, not the
 * registry. It is asked when a topic's schema grows, and not otherwise.
 */
final class OneSubject implements AutoCloseable {
    private static final int NOT_FOUND = 404;
    private static final int FOUND = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private int version;

    @Nullable
    private String schema;

    OneSubject() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        if (exchange.getRequestMethod().equals("POST")) {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            schema = request.get("schema").asText();
            version++;
        }
        if (schema != null) {
            answer.put("id", version).put("version", version).put("schema", schema);
        }
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.sendResponseHeaders(schema == null ? NOT_FOUND : FOUND, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
