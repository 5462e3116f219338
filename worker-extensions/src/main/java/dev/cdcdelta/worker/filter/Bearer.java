package dev.cdcdelta.worker.filter;

import dev.cdcdelta.worker.route.Match;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The token of a request, with the proof of the worker that passed it on. */
final class Bearer {
    private static final String SCHEME = "Bearer ";

    private final @Nullable HopProof proof;

    /** @param proof null where workers share no secret */
    Bearer(@Nullable HopProof proof) {
        this.proof = proof;
    }

    /** @return empty where there is no token, or more than one, or a proof that does not hold */
    Optional<String> token(ContainerRequestContext request, Call call) {
        List<String> headers = request.getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of());
        if (headers.size() != 1) {
            return Optional.empty();
        }
        String header = headers.get(0);
        if (HopProof.isHop(header)) {
            return hop(header, call);
        }
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        if (request.getUriInfo().getQueryParameters().containsKey("forward")) {
            call.claimForwarded();
        }
        return Optional.of(header.substring(SCHEME.length()).strip());
    }

    /** Should the worker forward the call, it takes the header as it stands then. */
    void sign(ContainerRequestContext request, Match match, String token, String requestId) {
        if (proof != null) {
            request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, proof.header(match, token, requestId));
        }
    }

    private Optional<String> hop(String header, Call call) {
        if (proof == null || call.match().isEmpty()) {
            return Optional.empty();
        }
        Optional<HopProof.Hop> hop = proof.verify(call.match().get(), header);
        hop.ifPresent(verified -> call.continueAs(verified.requestId()));
        return hop.map(HopProof.Hop::token);
    }
}
