package dev.cdcdelta.worker.audit;

import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A call that has been answered.
 *
 * @param status of HTTP
 * @param reason why it was denied; null where it was not
 * @param forwarded whether another worker has passed it on
 */
public record AuditEvent(
        Instant time,
        String requestId,
        Who who,
        What what,
        int status,
        @Nullable String reason,
        long latencyMillis,
        boolean forwarded) {

    /** Both null where the token was refused. */
    public record Who(@Nullable String name, @Nullable String role) {}

    /**
     * @param route the template of the path; the path's own text may hold anything
     * @param keys of the connector's configuration that the call changes
     */
    public record What(
            String method, String route, @Nullable String connector, SortedSet<String> keys) {
        public What {
            keys = new TreeSet<>(keys);
        }
    }

    /** {@code denied}: by the extension or by the worker's check of signatures; {@code failed}: by the worker otherwise. */
    String outcome() {
        if (reason != null || status == 401 || status == 403) {
            return "denied";
        }
        return status >= 400 ? "failed" : "allowed";
    }
}
