package dev.cdcdelta.worker.route;

import java.util.List;

/** Paths as lists of their segments, still encoded. */
final class Paths {
    private Paths() {}

    /** A slash at the end counts no more than it does for JAX-RS. */
    static List<String> segments(String path) {
        String trimmed = path.startsWith("/") ? path.substring(1) : path;
        if (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        return trimmed.isEmpty() ? List.of() : List.of(trimmed.split("/", -1));
    }
}
