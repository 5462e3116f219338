package dev.cdcdelta.stack.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bson.RawBsonDocument;

/** How a pipeline's connectors are: how far Debezium has come, by the resume token that Connect has stored, and what has failed. */
public final class SourceProgress {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CLUSTER_TIME_DIGITS = 16;

    private final String connectUrl;
    private final HttpClient client = HttpClient.newHttpClient();

    public SourceProgress(String connectUrl) {
        this.connectUrl = connectUrl;
    }

    /** The cluster time up to which all changes are in the topics; empty while there is none, or the worker is away. */
    public OptionalLong clusterTime(String connector) throws InterruptedException {
        return get("/connectors/" + connector + "/offsets")
                .map(offsets -> offsets.at("/offsets/0/offset/resume_token"))
                .filter(JsonNode::isTextual)
                .map(token -> OptionalLong.of(clusterTimeOf(token.textValue())))
                .orElseGet(OptionalLong::empty);
    }

    /** Why the connector or a task of it has failed; empty while none has. */
    public Optional<String> failure(String connector) throws InterruptedException {
        Optional<JsonNode> status = get("/connectors/" + connector + "/status");
        if (status.isEmpty()) {
            return Optional.empty();
        }
        List<JsonNode> parts = new ArrayList<>();
        parts.add(status.get().path("connector"));
        status.get().path("tasks").forEach(parts::add);
        return parts.stream()
                .filter(part -> part.path("state").asText().equals("FAILED"))
                .map(part -> part.path("trace").asText())
                .findFirst();
    }

    private Optional<JsonNode> get(String path) throws InterruptedException {
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(connectUrl + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(JSON.readTree(response.body())) : Optional.empty();
        } catch (IOException workerIsAway) {
            return Optional.empty();
        }
    }

    /** A token is BSON whose {@code _data} begins with the type byte of a timestamp and its eight bytes, in hexadecimal. */
    static long clusterTimeOf(String token) {
        RawBsonDocument document = new RawBsonDocument(Base64.getDecoder().decode(token));
        String data = document.getString("_data").getValue();
        if (!data.startsWith("82")) {
            throw new StackException("Debezium's resume token is of a form that is not known: " + data);
        }
        return Long.parseUnsignedLong(data.substring(2, 2 + CLUSTER_TIME_DIGITS), 16);
    }
}
