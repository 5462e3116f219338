package dev.cdcdelta.worker.filter;

import dev.cdcdelta.worker.access.Refusal;
import dev.cdcdelta.worker.access.RequestBody;
import dev.cdcdelta.worker.config.RequestSettings;
import dev.cdcdelta.worker.route.Content;
import dev.cdcdelta.worker.route.Requirement;
import dev.cdcdelta.worker.route.Route;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/** Reads the body of a request within its bounds, and hands it on to the worker. */
record Bodies(RequestSettings settings) {
    /** Either part is empty where there is nothing to say. */
    record Result(Optional<Refusal> refusal, Optional<RequestBody> body) {}

    Result read(ContainerRequestContext request, Route route) throws IOException {
        int limit = route.requirement() instanceof Requirement.WorkerSignature
                ? settings.internalBodyLimit()
                : settings.bodyLimit();
        byte[] body = request.hasEntity() ? request.getEntityStream().readNBytes(limit + 1) : new byte[0];
        if (body.length > limit) {
            return refused(new Refusal(
                    413,
                    "The body of the request is larger than " + limit + " bytes. Send less, or have the limit raised"
                            + " (rest.security.body.max.bytes)."));
        }
        if (route.request() == Content.PLAIN) {
            request.setEntityStream(new ByteArrayInputStream(body));
            return new Result(Optional.empty(), Optional.empty());
        }
        Optional<RequestBody> parsed = RequestBody.parse(route.request(), body);
        if (parsed.isEmpty()) {
            return refused(new Refusal(
                    400,
                    "The body of the request is not what " + route.method() + " " + route.template() + " takes: a JSON"
                            + " object with a text for each key, no key twice. Correct it."));
        }
        request.setEntityStream(new ByteArrayInputStream(parsed.get().canonical()));
        return new Result(Optional.empty(), parsed);
    }

    private static Result refused(Refusal refusal) {
        return new Result(Optional.of(refusal), Optional.empty());
    }
}
