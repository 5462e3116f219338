package dev.cdcdelta.worker.filter;

import dev.cdcdelta.worker.access.AccessCheck;
import dev.cdcdelta.worker.access.ChangedKeys;
import dev.cdcdelta.worker.access.Refusal;
import dev.cdcdelta.worker.access.RequestBody;
import dev.cdcdelta.worker.route.Content;
import dev.cdcdelta.worker.route.Match;
import dev.cdcdelta.worker.route.Requirement;
import dev.cdcdelta.worker.route.RouteTable;
import dev.cdcdelta.worker.token.Caller;
import dev.cdcdelta.worker.token.TokenCheck;
import dev.cdcdelta.worker.token.Verdict;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks each call before the worker looks for what would answer it, so that nothing it has is reached past the list. */
@PreMatching
public final class SecurityFilter implements ContainerRequestFilter {
    static final String REQUEST_ID = "X-Request-Id";

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final String SIGNATURE = "X-Connect-Authorization";

    private final TokenCheck tokens;
    private final AccessCheck access;
    private final Bodies bodies;
    private final boolean healthOpen;
    private final Bearer bearer;
    private final KnownConfigs known;
    private final Clock clock;

    public SecurityFilter(Checks checks, KnownConfigs known, Clock clock) {
        this.tokens = checks.tokens();
        this.access = checks.access();
        this.bodies = new Bodies(checks.requests());
        this.healthOpen = checks.requests().healthOpen();
        this.bearer = new Bearer(proof(checks.requests().hopSecret(), clock));
        this.known = known;
        this.clock = clock;
    }

    private static @Nullable HopProof proof(@Nullable String secret, Clock clock) {
        return secret == null ? null : new HopProof(secret, clock);
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        Optional<Match> match =
                RouteTable.find(request.getMethod(), request.getUriInfo().getPath(false));
        Call call = new Call(clock.instant(), request.getMethod(), match, identifier(request));
        request.setProperty(Call.PROPERTY, call);
        Optional<Refusal> refusal = check(request, call);
        if (refusal.isPresent()) {
            call.refuse(refusal.get().reason());
            request.abortWith(Answers.refusal(refusal.get()));
        }
    }

    private Optional<Refusal> check(ContainerRequestContext request, Call call) throws IOException {
        Optional<Match> match = call.match();
        if (match.isPresent() && match.get().route().requirement() instanceof Requirement.WorkerSignature) {
            return internal(request, match.get());
        }
        if (match.isPresent() && match.get().route().requirement() instanceof Requirement.Probe && healthOpen) {
            return Optional.empty();
        }
        Optional<String> token = bearer.token(request, call);
        Verdict verdict = token.map(tokens::check).orElse(Answers.NO_TOKEN);
        if (verdict instanceof Verdict.Refused refused) {
            return Optional.of(new Refusal(refused.status(), refused.reason()));
        }
        Caller caller = ((Verdict.Accepted) verdict).caller();
        call.accept(caller);
        if (match.isEmpty()) {
            return Optional.of(Answers.UNLISTED);
        }
        Optional<Refusal> refusal = access.checkPath(caller, match.get());
        if (refusal.isEmpty()) {
            refusal = body(request, call, caller, match.get());
        }
        if (refusal.isEmpty()) {
            bearer.sign(request, match.get(), token.orElseThrow(), call.requestId());
        }
        return refusal;
    }

    /** The worker verifies the signature itself; without one there is nothing to verify. */
    private Optional<Refusal> internal(ContainerRequestContext request, Match match) throws IOException {
        if (request.getHeaderString(SIGNATURE) == null) {
            return Optional.of(Answers.NOT_SIGNED);
        }
        return bodies.read(request, match.route()).refusal();
    }

    private Optional<Refusal> body(ContainerRequestContext request, Call call, Caller caller, Match match)
            throws IOException {
        Bodies.Result result = bodies.read(request, match.route());
        if (result.refusal().isPresent() || result.body().isEmpty()) {
            return result.refusal();
        }
        RequestBody body = result.body().get();
        call.receive(body);
        Optional<Refusal> refusal = access.checkBody(caller, match, body);
        Content content = match.route().request();
        boolean isChange = match.route().answer() != Content.VALIDATION;
        if (isChange && !call.isAuditedBefore()) {
            call.change(ChangedKeys.of(
                    content, refusal.isPresent() ? Map.of() : known.of(match.connector()), body.configuration()));
        }
        return refusal;
    }

    /** The caller's own, where it has one. */
    private static String identifier(ContainerRequestContext request) {
        String sent = request.getHeaderString(REQUEST_ID);
        return sent != null && IDENTIFIER.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
    }
}
