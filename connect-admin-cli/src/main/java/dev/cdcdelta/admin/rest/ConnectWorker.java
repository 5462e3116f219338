package dev.cdcdelta.admin.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import org.jspecify.annotations.Nullable;

/** The root resource: who answers. */
public final class ConnectWorker {
    private final ConnectHttp http;

    public ConnectWorker(ConnectHttp http) {
        this.http = http;
    }

    public record Info(
            String version,
            String commit,
            @JsonProperty("kafka_cluster_id") @Nullable String kafkaClusterId) {}

    public Info info() {
        return http.get("/", new TypeReference<>() {});
    }
}
