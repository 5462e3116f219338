package dev.cdcdelta.admin.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cdcdelta.admin.failure.UrlPasswords;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answer of {@code GET /connectors/{name}/status}. */
public record ConnectorStatus(String name, Part connector, List<Part> tasks) {
    public static final String RUNNING = "RUNNING";
    public static final String FAILED = "FAILED";

    public ConnectorStatus {
        tasks = tasks == null ? List.of() : List.copyOf(tasks);
    }

    /** The connector itself, or one of its tasks. */
    public record Part(
            @Nullable Integer id,
            String state,

            @JsonProperty("worker_id") String workerId,

            @Nullable String trace) {
        public boolean running() {
            return state.equals(RUNNING);
        }

        public boolean failed() {
            return state.equals(FAILED);
        }

        /** Without passwords of URLs; empty if nothing failed. */
        public String wholeTrace() {
            return trace == null ? "" : UrlPasswords.hide(trace.strip());
        }

        /** The first line of the stack trace: the exception and its message. */
        public String firstTraceLine() {
            return wholeTrace().lines().findFirst().orElse("");
        }
    }

    /** True once the connector and at least one task run, and nothing does not. */
    public boolean running() {
        return connector.running() && !tasks.isEmpty() && tasks.stream().allMatch(Part::running);
    }

    public Optional<Part> failure() {
        return connector.failed()
                ? Optional.of(connector)
                : tasks.stream().filter(Part::failed).findFirst();
    }

    public long runningTasks() {
        return tasks.stream().filter(Part::running).count();
    }
}
