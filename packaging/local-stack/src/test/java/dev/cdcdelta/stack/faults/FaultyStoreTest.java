package dev.cdcdelta.stack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyStoreTest {
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer server;
    private FaultyStore store;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        store = FaultyStore.before("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        store.close();
        server.stop(0);
    }

    @Test
    void handsRequestsAndAnswersOnUnchanged() throws Exception {
        String body = "0123456789".repeat(10_000);

        assertThat(put("/lake/a", body, true).statusCode()).isEqualTo(200);
        assertThat(put("/lake/b", body, false).statusCode()).isEqualTo(200);

        assertThat(get("/lake/a").body()).isEqualTo(body);
        assertThat(get("/lake/b").body()).isEqualTo(body);
        assertThat(get("/lake/missing").statusCode()).isEqualTo(404);
        assertThat(store.injected()).isEmpty();
    }

    @Test
    void answersInTheServersPlaceAsOftenAsThePlanSays() throws Exception {
        store.set(FaultPlan.times(2, request -> request.puts(".json"), new Fault.Answer(503, "SlowDown")));

        assertThat(put("/lake/1.json", "x", false).statusCode()).isEqualTo(503);
        assertThat(put("/lake/1.json", "x", true).body()).contains("<Code>SlowDown</Code>");
        assertThat(objects).isEmpty();
        assertThat(put("/lake/1.json", "x", false).statusCode()).isEqualTo(200);
        assertThat(store.injected()).isEqualTo(Map.of("Answer", 2));
    }

    @Test
    void losesTheAcknowledgementOfAnObjectThatIsStored() throws Exception {
        store.set(FaultPlan.times(1, request -> request.puts("a"), new Fault.AnswerAfterwards(500, "InternalError")));

        assertThat(put("/lake/a", "stored", false).statusCode()).isEqualTo(500);

        assertThat(get("/lake/a").body()).isEqualTo("stored");
    }

    @Test
    void resetsTheConnectionBeforeTheObjectIsStored() {
        store.set(FaultPlan.always(request -> request.puts("a"), new Fault.Reset(10)));

        assertThatThrownBy(() -> put("/lake/a", "x".repeat(1_000), false)).isInstanceOf(IOException.class);

        assertThat(objects).isEmpty();
    }

    @Test
    void hangsUntilTheClientLosesPatience() {
        store.set(FaultPlan.always(StoreRequest::gets, new Fault.Hang(Duration.ofMillis(200))));

        assertThatThrownBy(() -> get("/lake/a")).isInstanceOf(IOException.class);
    }

    @Test
    void givesSlowAnswersWhole() throws Exception {
        put("/lake/a", "y".repeat(5_000), false);
        store.set(FaultPlan.always(StoreRequest::gets, new Fault.Slow(20_000)));

        assertThat(get("/lake/a").body()).hasSize(5_000);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("PUT")) {
            try {
                objects.put(path, exchange.getRequestBody().readAllBytes());
                exchange.sendResponseHeaders(200, -1);
            } finally {
                exchange.close();
            }
            return;
        }
        byte[] object = objects.get(path);
        exchange.sendResponseHeaders(object == null ? 404 : 200, object == null ? -1 : object.length);
        if (object != null) {
            exchange.getResponseBody().write(object);
        }
        exchange.close();
    }

    private HttpResponse<String> put(String path, String body, boolean expectContinue)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(store.endpoint() + path))
                        .expectContinue(expectContinue)
                        .PUT(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(store.endpoint() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
