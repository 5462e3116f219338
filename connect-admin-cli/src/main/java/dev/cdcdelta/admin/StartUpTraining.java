package dev.cdcdelta.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs usual commands in one process, so that Java can archive the classes that they load ({@code -XX:ArchiveClassesAtExit}). They talk
 * to a server of this process and leave nothing behind.
 */
public final class StartUpTraining {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("--help"),
            List.of("context", "list"),
            List.of("health", "--help"),
            List.of("connector", "list"),
            List.of("connector", "list", "-o", "json"),
            List.of("connector", "list", "-o", "yaml"),
            List.of("pipeline", "list"),
            List.of("names", "connectors"),
            List.of("plugins", "list"));

    private StartUpTraining() {}

    public static void main(String[] arguments) throws IOException {
        boolean complete = run().stream().allMatch(code -> code == 0);
        System.exit(complete ? 0 : 1);
    }

    /** The exit codes of the commands. */
    static List<Integer> run() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", StartUpTraining::answer);
        server.start();
        try {
            // A file of contexts that is not there: the user's own is none of this process's business.
            Map<String, String> environment = Map.of(
                    "CONNECT_URL",
                    "http://localhost:" + server.getAddress().getPort(),
                    "CONNECT_ADMIN_CONTEXTS",
                    "/nonexistent/contexts.yaml");
            List<Integer> codes = new ArrayList<>();
            for (List<String> command : COMMANDS) {
                String[] words = command.toArray(String[]::new);
                PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
                codes.add(ConnectAdminCli.commandLine(environment, words)
                        .setOut(nowhere)
                        .setErr(nowhere)
                        .execute(words));
            }
            return codes;
        } finally {
            server.stop(0);
        }
    }

    /** As a cluster without connectors does. */
    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean isMap = String.valueOf(exchange.getRequestURI().getQuery()).contains("expand");
            byte[] body = (isMap ? "{}" : "[]").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
