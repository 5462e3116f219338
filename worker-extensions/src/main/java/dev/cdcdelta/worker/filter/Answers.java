package dev.cdcdelta.worker.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.worker.access.Refusal;
import dev.cdcdelta.worker.token.Verdict;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What refused calls are answered with: the form of Connect's own errors. */
final class Answers {
    static final Verdict NO_TOKEN = new Verdict.Refused(
            401,
            "The request has no bearer token, or one that cannot be used. Send `Authorization: Bearer …` once, with an access"
                    + " token of the identity provider.");
    static final Refusal UNLISTED = new Refusal(
            403,
            "This method and path are not among those that are served here. Correct them; what a newer Connect adds is denied"
                    + " until the REST security extension lists it.");
    static final Refusal NOT_SIGNED =
            new Refusal(401, "Only workers call this path, and they sign their requests. This one has no signature.");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Answers() {}

    static Response refusal(Refusal refusal) {
        Response.ResponseBuilder answer = Response.status(refusal.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body(refusal));
        if (refusal.status() == 401) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return answer.build();
    }

    private static byte[] body(Refusal refusal) {
        try {
            return JSON.writeValueAsBytes(
                    JSON.createObjectNode().put("error_code", refusal.status()).put("message", refusal.reason()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A number and a text cannot be written.", e);
        }
    }
}
