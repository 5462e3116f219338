package dev.cdcdelta.stack.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** The REST API of a worker. */
public final class ConnectRest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final HttpClient client = HttpClient.newHttpClient();

    public ConnectRest(String url) {
        this.url = url;
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path)).build());
    }

    public void putConnector(String name, Map<String, String> configuration) throws IOException, InterruptedException {
        put("/connectors/" + name + "/config", configuration);
    }

    public JsonNode put(String path, Map<String, String> settings) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(settings)))
                .build());
    }

    /** Without a body, as {@code /connectors/NAME/pause} wants it. */
    public void put(String path) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(URI.create(url + path))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /** Without a body, as {@code /connectors/NAME/restart} wants it. */
    public void post(String path) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(URI.create(url + path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    public void delete(String path) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(URI.create(url + path)).DELETE().build());
    }

    /** Whether the connector and its one task run. */
    public boolean isRunning(String name) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(url + "/connectors/" + name + "/status"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            return false;
        }
        JsonNode status = JSON.readTree(response.body());
        return status.at("/connector/state").asText().equals("RUNNING")
                && status.at("/tasks/0/state").asText().equals("RUNNING");
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(request.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(response.body());
    }
}
