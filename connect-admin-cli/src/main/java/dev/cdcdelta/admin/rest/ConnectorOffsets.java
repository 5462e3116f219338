package dev.cdcdelta.admin.rest;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The resource {@code /connectors/{name}/offsets}. Only those of a stopped connector can be changed. */
public final class ConnectorOffsets {
    private final ConnectHttp http;

    public ConnectorOffsets(ConnectHttp http) {
        this.http = http;
    }

    /**
     * Where a connector stands in one part of what it reads.
     *
     * @param partition of a sink {@code kafka_topic} and {@code kafka_partition}; of a source whatever it names
     * @param offset of a sink {@code kafka_offset}, the next one to read; null to reset it
     */
    public record Entry(
            Map<String, Object> partition, @Nullable Map<String, Object> offset) {}

    /** Empty if there is no such connector. */
    public Optional<List<Entry>> of(String connector) {
        return http.find(path(connector), new TypeReference<Answer>() {}).map(Answer::offsets);
    }

    /** @return false if there is no such connector */
    public boolean alter(String connector, List<Entry> entries) {
        return http.act("PATCH", path(connector), new Answer(entries));
    }

    /**
     * Forgets all of them.
     *
     * @return false if there is no such connector
     */
    public boolean reset(String connector) {
        return http.act("DELETE", path(connector), null);
    }

    private static String path(String connector) {
        return "/connectors/" + ConnectHttp.segment(connector) + "/offsets";
    }

    private record Answer(List<Entry> offsets) {}
}
