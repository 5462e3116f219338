package dev.cdcdelta.admin.rest;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connector in the answer of {@code GET /connectors?expand=info&expand=status}. */
public record ConnectorSummary(
        @Nullable Info info, @Nullable ConnectorStatus status) {
    public record Info(
            String name,
            Map<String, String> config,
            @Nullable String type) {}

    /** Empty while the worker has not read the configuration yet. */
    public Map<String, String> config() {
        return info == null ? Map.of() : info.config();
    }
}
