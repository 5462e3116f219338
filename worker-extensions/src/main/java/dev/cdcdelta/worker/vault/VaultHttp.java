package dev.cdcdelta.worker.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cdcdelta.worker.tls.Truststore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to Vault's HTTP API, tried again where the server cannot be reached or is in trouble of its own. Redirects are
 * not followed: the token would go wherever they point. The client is our own, since io.github.jopenlibs:vault-java-driver 6.2.1
 * makes its TLS context for TLS 1.2 at most, and a new HTTP client with threads of its own for each request.
 */
final class VaultHttp {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long BACKOFF_MILLIS = 200;

    private final VaultSettings.Server server;
    private final HttpClient client;

    VaultHttp(VaultSettings.Server server) {
        this.server = server;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(server.timeout());
        if ("https".equals(server.address().getScheme())) {
            SSLParameters parameters = new SSLParameters();
            parameters.setProtocols(server.tls().protocols().toArray(String[]::new));
            builder.sslParameters(parameters);
            if (server.tls().truststore() != null) {
                builder.sslContext(Truststore.context(
                        server.tls().truststore(), server.tls().password()));
            }
        }
        this.client = builder.build();
    }

    VaultReply get(String path, String token) {
        return send(path, token, "GET", HttpRequest.BodyPublishers.noBody());
    }

    /** @param token null for logins */
    VaultReply post(String path, @Nullable String token, Map<String, ?> body) {
        try {
            return send(path, token, "POST", HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers cannot be written.", e);
        }
    }

    private VaultReply send(String path, @Nullable String token, String method, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + "/v1/" + path))
                .timeout(server.timeout())
                .header("X-Vault-Request", "true")
                .method(method, body);
        if (token != null) {
            request.header("X-Vault-Token", token);
        }
        if (!server.namespace().isEmpty()) {
            request.header("X-Vault-Namespace", server.namespace());
        }
        return tried(request.build());
    }

    private VaultReply tried(HttpRequest request) {
        for (int attempt = 1; ; attempt++) {
            boolean isLast = attempt >= server.attempts();
            try {
                VaultReply reply = reply(client.send(request, HttpResponse.BodyHandlers.ofByteArray()));
                // 412: a standby that has not yet seen what the token can do.
                boolean isTransient = reply.status() >= 500 || reply.status() == 412 || reply.status() == 429;
                if (!isTransient || isLast) {
                    return reply;
                }
            } catch (IOException e) {
                if (isLast) {
                    throw new KafkaException(
                            "Vault at " + server.address() + " cannot be reached: " + e
                                    + ". Check the address, the network and the certificates (truststore.location).",
                            e);
                }
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
            pause(attempt);
        }
    }

    private static void pause(int attempt) {
        try {
            TimeUnit.MILLISECONDS.sleep(BACKOFF_MILLIS << attempt);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static VaultReply reply(HttpResponse<byte[]> response) throws IOException {
        JsonNode body;
        try {
            body = response.body().length == 0 ? MissingNode.getInstance() : JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            // Not chained: its text quotes the answer.
            if (response.statusCode() < 300) {
                throw new IOException("the answer is not JSON; something else than Vault serves this address");
            }
            body = MissingNode.getInstance();
        }
        return new VaultReply(response.statusCode(), body);
    }
}
