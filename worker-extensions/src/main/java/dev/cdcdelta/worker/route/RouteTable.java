package dev.cdcdelta.worker.route;

import static dev.cdcdelta.worker.route.Content.CONFIGURATION;
import static dev.cdcdelta.worker.route.Content.CONNECTORS;
import static dev.cdcdelta.worker.route.Content.CREATION;
import static dev.cdcdelta.worker.route.Content.PATCH;
import static dev.cdcdelta.worker.route.Content.PLAIN;
import static dev.cdcdelta.worker.route.Content.VALIDATION;

import dev.cdcdelta.worker.token.Role;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The routes of Kafka Connect 4.3. What is not listed here is denied, also to Administrators. */
public final class RouteTable {
    private static final Requirement ANALYST = new Requirement.AtLeast(Role.ANALYST);
    private static final Requirement OPERATOR = new Requirement.AtLeast(Role.OPERATOR);
    private static final Requirement ADMINISTRATOR = new Requirement.AtLeast(Role.ADMINISTRATOR);
    private static final Requirement SIGNATURE = new Requirement.WorkerSignature();
    private static final String CONNECTOR = "{connector}";

    public static final List<Route> ROUTES = List.of(
            route("GET", "/", ANALYST),
            route("GET", "/health", new Requirement.Probe()),
            new Route("GET", "/connectors", ANALYST, PLAIN, CONNECTORS),
            new Route("POST", "/connectors", ADMINISTRATOR, CREATION, CONFIGURATION),
            new Route("GET", "/connectors/{connector}", ANALYST, PLAIN, CONFIGURATION),
            route("DELETE", "/connectors/{connector}", ADMINISTRATOR),
            new Route("GET", "/connectors/{connector}/config", ANALYST, PLAIN, CONFIGURATION),
            new Route("PUT", "/connectors/{connector}/config", ADMINISTRATOR, CONFIGURATION, CONFIGURATION),
            new Route("PATCH", "/connectors/{connector}/config", new Requirement.Trigger(), PATCH, CONFIGURATION),
            route("GET", "/connectors/{connector}/status", ANALYST),
            route("GET", "/connectors/{connector}/topics", ANALYST),
            route("PUT", "/connectors/{connector}/topics/reset", OPERATOR),
            route("POST", "/connectors/{connector}/restart", OPERATOR),
            route("PUT", "/connectors/{connector}/stop", OPERATOR),
            route("PUT", "/connectors/{connector}/pause", OPERATOR),
            route("PUT", "/connectors/{connector}/resume", OPERATOR),
            new Route("GET", "/connectors/{connector}/tasks", ANALYST, PLAIN, CONFIGURATION),
            route("POST", "/connectors/{connector}/tasks", SIGNATURE),
            route("PUT", "/connectors/{connector}/fence", SIGNATURE),
            route("GET", "/connectors/{connector}/tasks/{task}/status", ANALYST),
            route("POST", "/connectors/{connector}/tasks/{task}/restart", OPERATOR),
            route("GET", "/connectors/{connector}/offsets", ANALYST),
            route("PATCH", "/connectors/{connector}/offsets", OPERATOR),
            route("DELETE", "/connectors/{connector}/offsets", OPERATOR),
            route("GET", "/connector-plugins", ANALYST),
            route("GET", "/connector-plugins/{pluginName}/config", ANALYST),
            new Route(
                    "PUT", "/connector-plugins/{pluginName}/config/validate", ADMINISTRATOR, CONFIGURATION, VALIDATION),
            route("GET", "/admin/loggers", ADMINISTRATOR),
            route("GET", "/admin/loggers/{logger}", ADMINISTRATOR),
            route("PUT", "/admin/loggers/{logger}", ADMINISTRATOR));

    private RouteTable() {}

    /**
     * @param path as it was sent, still encoded. A part with a matrix parameter (a semicolon), which JAX-RS would leave out,
     *     matches nothing
     */
    public static Optional<Match> find(String method, String path) {
        if (path.indexOf(';') >= 0) {
            return Optional.empty();
        }
        // JAX-RS answers HEAD with the operation for GET.
        String effective = method.equals("HEAD") ? "GET" : method;
        List<String> segments = Paths.segments(path);
        return ROUTES.stream()
                .filter(route -> route.method().equals(effective))
                .filter(route -> matches(route.segments(), segments))
                .findFirst()
                .map(route -> new Match(route, connector(route.segments(), segments)));
    }

    private static boolean matches(List<String> template, List<String> segments) {
        if (template.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < template.size(); i++) {
            boolean isVariable = template.get(i).startsWith("{");
            if (isVariable ? segments.get(i).isEmpty() : !template.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String connector(List<String> template, List<String> segments) {
        int place = template.indexOf(CONNECTOR);
        // A plus is a plus in paths.
        return place < 0 ? null : URLDecoder.decode(segments.get(place).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Route route(String method, String template, Requirement requirement) {
        return new Route(method, template, requirement, PLAIN, PLAIN);
    }
}
