package dev.cdcdelta.worker.route;

import java.util.List;

/**
 * One operation of the worker's REST API.
 *
 * @param template as JAX-RS writes it: {@code /connectors/{connector}/status}
 */
public record Route(String method, String template, Requirement requirement, Content request, Content answer) {
    List<String> segments() {
        return Paths.segments(template);
    }

    /** Whether its calls concern the whole worker, or all connectors: no scope but {@code *} covers them. */
    public boolean isOfWorker() {
        return template.startsWith("/admin/");
    }
}
