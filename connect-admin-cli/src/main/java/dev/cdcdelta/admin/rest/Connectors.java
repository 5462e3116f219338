package dev.cdcdelta.admin.rest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The resource {@code /connectors}. */
public final class Connectors {
    private final ConnectHttp http;

    public Connectors(ConnectHttp http) {
        this.http = http;
    }

    /** All connectors by name, in the order of their names. */
    public Map<String, ConnectorSummary> all() {
        return http.get(
                "/connectors?expand=info&expand=status", new TypeReference<TreeMap<String, ConnectorSummary>>() {});
    }

    /** In their order. */
    public List<String> names() {
        List<String> names = http.get("/connectors", new TypeReference<List<String>>() {});
        return names.stream().sorted().toList();
    }

    public Optional<Map<String, String>> config(String name) {
        return http.find(path(name) + "/config", new TypeReference<>() {});
    }

    /** Creates the connector, or gives an existing one this configuration. */
    public void configure(String name, Map<String, String> config) {
        http.put(path(name) + "/config", config, new TypeReference<JsonNode>() {});
    }

    /** What {@code GET /connectors/{name}} tells of it; empty if there is no such connector. */
    public Optional<ConnectorSummary.Info> info(String name) {
        return http.find(path(name), new TypeReference<>() {});
    }

    /** @throws dev.cdcdelta.admin.failure.CommandException if there is a connector of this name */
    public void create(String name, Map<String, String> config) {
        http.act("POST", "/connectors", Map.of("name", name, "config", config));
    }

    /** False if there is no such connector. */
    public boolean pause(String name) {
        return http.act("PUT", path(name) + "/pause", null);
    }

    /** Out of a pause or a stop; false if there is no such connector. */
    public boolean resume(String name) {
        return http.act("PUT", path(name) + "/resume", null);
    }

    /** Its tasks are shut down, its configuration and offsets stay; false if there is no such connector. */
    public boolean stop(String name) {
        return http.act("PUT", path(name) + "/stop", null);
    }

    /**
     * The connector and its tasks; false if there is no such connector.
     *
     * @param onlyFailed what runs is left alone
     */
    public boolean restart(String name, boolean onlyFailed) {
        return http.act("POST", path(name) + "/restart?includeTasks=true&onlyFailed=" + onlyFailed, null);
    }

    /** False if there is no such connector or task. */
    public boolean restartTask(String name, int task) {
        return http.act("POST", path(name) + "/tasks/" + task + "/restart", null);
    }

    /** Empty if there is no such connector, or none yet: a worker answers 404 until it has assigned a new connector. */
    public Optional<ConnectorStatus> status(String name) {
        return http.find(path(name) + "/status", new TypeReference<>() {});
    }

    /** The topics that the connector has read or written so far. */
    public List<String> activeTopics(String name) {
        return http.find(path(name) + "/topics", new TypeReference<Map<String, ActiveTopics>>() {})
                .map(answer -> answer.get(name))
                .map(active -> active.topics().stream().sorted().toList())
                .orElse(List.of());
    }

    /** False if there is no such connector. */
    public boolean delete(String name) {
        return http.delete(path(name));
    }

    private static String path(String name) {
        return "/connectors/" + ConnectHttp.segment(name);
    }

    private record ActiveTopics(List<String> topics) {}
}
