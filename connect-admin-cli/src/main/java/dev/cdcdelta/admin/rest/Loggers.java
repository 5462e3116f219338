package dev.cdcdelta.admin.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The resource {@code /admin/loggers} of a worker. */
public final class Loggers {
    private final ConnectHttp http;

    public Loggers(ConnectHttp http) {
        this.http = http;
    }

    /** @param lastModified milliseconds since the epoch; null if the level is as the worker started with it */
    public record Level(
            @Nullable String level,
            @JsonProperty("last_modified") @Nullable Long lastModified) {}

    /** By the names of the loggers that have a level of their own. */
    public Map<String, Level> all() {
        return http.get("/admin/loggers", new TypeReference<TreeMap<String, Level>>() {});
    }

    public Optional<Level> find(String name) {
        return http.find(path(name), new TypeReference<>() {});
    }

    /**
     * Sets a level until the worker is restarted.
     *
     * @param cluster on all workers instead of the one that is asked
     * @return false if there is no such logger
     */
    public boolean set(String name, String level, boolean cluster) {
        return http.act("PUT", path(name) + "?scope=" + (cluster ? "cluster" : "worker"), Map.of("level", level));
    }

    private static String path(String name) {
        return "/admin/loggers/" + ConnectHttp.segment(name);
    }
}
