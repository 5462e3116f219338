package dev.cdcdelta.stack.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.OptionalLong;
import org.bson.RawBsonDocument;

/** How far Debezium has come, by the resume token in the offsets that Connect has stored for it. */
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
        URI address = URI.create(connectUrl + "/connectors/" + connector + "/offsets");
        try {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                return OptionalLong.empty();
            }
            JsonNode token = JSON.readTree(response.body()).at("/offsets/0/offset/resume_token");
            return token.isTextual() ? OptionalLong.of(clusterTimeOf(token.textValue())) : OptionalLong.empty();
        } catch (IOException workerIsAway) {
            return OptionalLong.empty();
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
