package dev.cdcdelta.admin.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resource {@code /connector-plugins}. */
public final class ConnectorPlugins {
    private final ConnectHttp http;

    public ConnectorPlugins(ConnectHttp http) {
        this.http = http;
    }

    /** A plugin that the worker found; type is {@code source}, {@code sink}, {@code converter}, {@code transformation} and others. */
    public record Plugin(
            @JsonProperty("class") String className,
            String type,
            @Nullable String version) {}

    /** Why the value of one key is refused. */
    public record FieldErrors(String field, List<String> errors) {}

    /** Plugins of every kind, transformations and converters included. */
    public List<Plugin> all() {
        return http.get("/connector-plugins?connectorsOnly=false", new TypeReference<>() {});
    }

    /** The fields of a configuration that the plugin refuses; empty if it is valid. The configuration has to name its class. */
    public List<FieldErrors> validate(Map<String, String> config) {
        String className = config.getOrDefault("connector.class", "");
        Validation answer = http.put(
                "/connector-plugins/" + ConnectHttp.segment(simpleName(className)) + "/config/validate",
                config,
                new TypeReference<>() {});
        return answer.configs().stream()
                .map(Validation.Config::value)
                .filter(value -> !value.errors().isEmpty())
                .map(value -> new FieldErrors(value.name(), value.errors()))
                .toList();
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private record Validation(List<Config> configs) {
        private record Config(Value value) {}

        private record Value(String name, List<String> errors) {}
    }
}
