package dev.cdcdelta.admin.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** A key of a plugin's configuration. */
    public record Key(
            String name,
            String type,
            boolean required,
            @JsonProperty("default_value") @Nullable String defaultValue,
            String importance,
            @Nullable String documentation) {}

    /**
     * The keys of a plugin; empty if the worker has no such plugin.
     *
     * @param className whole, or the last part of a connector's
     */
    public Optional<List<Key>> keys(String className) {
        return http.find("/connector-plugins/" + ConnectHttp.segment(className) + "/config", new TypeReference<>() {});
    }

    /** The fields of a configuration that the plugin refuses; empty if it is valid. The configuration has to name its class. */
    public List<FieldErrors> validate(Map<String, String> config) {
        String className = config.getOrDefault("connector.class", "");
        Validation answer = http.put(
                "/connector-plugins/" + ConnectHttp.segment(simpleName(className)) + "/config/validate",
                config,
                new TypeReference<>() {});
        List<FieldErrors> refused = new ArrayList<>();
        for (Validation.Config key : answer.configs()) {
            Validation.Value value = key.value();
            if (value != null && !value.errors().isEmpty()) {
                refused.add(new FieldErrors(value.name(), value.errors()));
            }
        }
        return refused;
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private record Validation(List<Config> configs) {
        /** @param value null for keys that a connector defines and does not validate, as Debezium has some */
        private record Config(@Nullable Value value) {}

        private record Value(String name, List<String> errors) {}
    }
}
