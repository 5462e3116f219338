package dev.cdcdelta.reconcile.barrier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.errors.ConnectException;
import org.bson.RawBsonDocument;

/** What Connect's REST API tells of the pipeline's connectors. */
public final class ConnectApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CLUSTER_TIME_DIGITS = 16;
    private static final String CAUSED_BY = "Caused by: ";
    private static final int LONGEST_CAUSE = 500;

    /** How the server (ChangeStreamHistoryLost, error 286) and Debezium say that the place in the oplog is gone. */
    private static final List<String> HISTORY_LOST = List.of(
            "ChangeStreamHistoryLost",
            "resume point may no longer be in the oplog",
            "resume of change stream was not possible",
            "is no longer available on the server");

    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** @param url with user and password, if the API asks for them */
    public ConnectApi(String url) {
        this.url = url;
    }

    /** A connector's configuration, with references to secrets as they were written. */
    public Map<String, String> config(String connector) {
        Map<String, String> config = new HashMap<>();
        get("/connectors/" + connector + "/config", connector)
                .fields()
                .forEachRemaining(
                        field -> config.put(field.getKey(), field.getValue().asText()));
        return config;
    }

    /** Why a connector does nothing: that it has failed, or one of its tasks; empty if that is not so. */
    public Optional<String> failure(String connector) {
        JsonNode status = get("/connectors/" + connector + "/status", connector);
        List<JsonNode> parts = new ArrayList<>();
        parts.add(status.path("connector"));
        status.path("tasks").forEach(parts::add);
        return parts.stream()
                .filter(part -> part.path("state").asText().equals("FAILED"))
                .map(part -> failed(connector, part.path("trace").asText()))
                .findFirst();
    }

    static String failed(String connector, String trace) {
        if (HISTORY_LOST.stream().anyMatch(trace::contains)) {
            return "MongoDB's oplog has rolled over past the place of connector '" + connector
                    + "': the changes since are lost to the"
                    + " pipeline. Let it take a new snapshot (delete its offsets, or Debezium's blocking snapshot), give the oplog more"
                    + " room, then begin a new run";
        }
        return "Connector '" + connector + "' has failed: " + cause(trace)
                + ". Mend what it says and restart it, then begin a new run";
    }

    /** The last cause that a stack trace names says most. */
    private static String cause(String trace) {
        String cause = trace.lines().findFirst().orElse("it does not say why");
        for (String line : trace.lines().toList()) {
            if (line.startsWith(CAUSED_BY)) {
                cause = line.substring(CAUSED_BY.length());
            }
        }
        return cause.length() > LONGEST_CAUSE ? cause.substring(0, LONGEST_CAUSE) + "…" : cause;
    }

    /**
     * The cluster time up to which all changes are in Kafka, as a BSON timestamp's 64 bits; empty while the source connector has stored
     * no place in the change stream.
     */
    public OptionalLong clusterTime(String source) {
        OptionalLong least = OptionalLong.empty();
        for (JsonNode each : get("/connectors/" + source + "/offsets", source).path("offsets")) {
            JsonNode offset = each.path("offset");
            if (!offset.path("resume_token").isTextual()
                    || offset.path("initsync").asBoolean()) {
                return OptionalLong.empty();
            }
            long time = clusterTimeOf(offset.get("resume_token").textValue());
            least = OptionalLong.of(least.isEmpty() ? time : Math.min(least.getAsLong(), time));
        }
        return least;
    }

    /**
     * A token is BSON whose {@code _data} begins with the type byte of a timestamp and its eight bytes, in hexadecimal
     * (mongo/src/mongo/db/pipeline/resume_token.h).
     */
    static long clusterTimeOf(String token) {
        RawBsonDocument document = new RawBsonDocument(Base64.getDecoder().decode(token));
        String data = document.getString("_data").getValue();
        if (!data.startsWith("82")) {
            throw new ConnectException(
                    "The resume token that the source connector has stored is of a form that is not known: " + data
                            + ". Use a version of Debezium's MongoDB connector that this plugin names in its documentation");
        }
        return Long.parseUnsignedLong(data.substring(2, 2 + CLUSTER_TIME_DIGITS), 16);
    }

    private JsonNode get(String path, String connector) {
        URI address = URI.create(url + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE);
        if (address.getUserInfo() != null) {
            String user =
                    Base64.getEncoder().encodeToString(address.getUserInfo().getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + user);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 404) {
                throw new ConnectException("Connect knows no connector '" + connector
                        + "'. Set 'source.connector' and 'sink.connector' to the names of the pipeline's connectors");
            }
            if (response.statusCode() != 200) {
                throw new ConnectException("Connect's REST API answers " + response.statusCode() + " to " + path
                        + ". Check 'connect.url', and that its user may read connectors");
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new ConnectException(
                    "Connect's REST API at " + address.getHost() + ":" + address.getPort() + " does not answer: " + e
                            + ". Check 'connect.url', which must be reachable from the workers",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("Interrupted while Connect's REST API was asked", e);
        }
    }
}
