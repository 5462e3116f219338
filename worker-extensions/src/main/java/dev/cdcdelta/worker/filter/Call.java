package dev.cdcdelta.worker.filter;

import dev.cdcdelta.worker.access.RequestBody;
import dev.cdcdelta.worker.audit.AuditEvent;
import dev.cdcdelta.worker.route.Match;
import dev.cdcdelta.worker.route.Requirement;
import dev.cdcdelta.worker.token.Caller;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of one call, from its first filter to its answer. Of one thread at a time. */
final class Call {
    static final String PROPERTY = "dev.cdcdelta.worker.call";
    /** The path of a call to no listed route is not told: it may hold anything. */
    private static final String UNLISTED = "unlisted";

    private final Instant begin;
    private final long beginNanos = System.nanoTime();
    private final String method;
    private final @Nullable Match match;
    private String requestId;
    private @Nullable Caller caller;
    private @Nullable String reason;
    private Optional<RequestBody> body = Optional.empty();
    private SortedSet<String> keys = new TreeSet<>();
    private boolean forwarded;
    private boolean auditedBefore;

    Call(Instant begin, String method, Optional<Match> match, String requestId) {
        this.begin = begin;
        this.method = method;
        this.match = match.orElse(null);
        this.requestId = requestId;
    }

    static Optional<Call> of(@Nullable Object property) {
        return Optional.ofNullable((Call) property);
    }

    static Optional<Call> of(ContainerRequestContext request) {
        return of(request.getProperty(PROPERTY));
    }

    Optional<Match> match() {
        return Optional.ofNullable(match);
    }

    Optional<Caller> caller() {
        return Optional.ofNullable(caller);
    }

    String requestId() {
        return requestId;
    }

    Map<String, String> sent() {
        return body.map(RequestBody::configuration).orElse(Map.of());
    }

    /** The connector in the path, or that of the body. */
    @Nullable
    String connector() {
        String inPath = match == null ? null : match.connector();
        return inPath != null ? inPath : body.flatMap(RequestBody::name).orElse(null);
    }

    boolean isAuditedBefore() {
        return auditedBefore;
    }

    void accept(Caller verified) {
        caller = verified;
    }

    void refuse(String why) {
        reason = why;
    }

    void receive(RequestBody parsed) {
        body = Optional.of(parsed);
    }

    void change(SortedSet<String> changed) {
        keys = changed;
    }

    /** Another worker says that it passed the call on, without a proof. */
    void claimForwarded() {
        forwarded = true;
    }

    void continueAs(String identifier) {
        forwarded = true;
        auditedBefore = true;
        requestId = identifier;
    }

    /** Probes without a token, and what workers ask of each other, come every few seconds: only refusals are of interest. */
    boolean isToAudit(int status) {
        if (auditedBefore) {
            return false;
        }
        boolean isQuiet = match != null
                && caller == null
                && reason == null
                && (match.route().requirement() instanceof Requirement.Probe
                        || match.route().requirement() instanceof Requirement.WorkerSignature);
        return !isQuiet || status == 400 || status == 401 || status == 403;
    }

    AuditEvent event(int status) {
        return new AuditEvent(
                begin,
                requestId,
                new AuditEvent.Who(
                        caller == null ? null : caller.name(),
                        caller == null ? null : caller.role().name()),
                new AuditEvent.What(
                        method, match == null ? UNLISTED : match.route().template(), connector(), keys),
                status,
                reason,
                (System.nanoTime() - beginNanos) / 1_000_000,
                forwarded);
    }
}
