package dev.cdcdelta.smt.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the client waits between repetitions, told by the pauses that it asks for. */
class RegistryClientTest {
    private static final Backoff BACKOFF = new Backoff(5, Duration.ofMillis(100), Duration.ofMillis(1000));
    private static final String FOUND = "{\"version\":3,\"schema\":\"{}\"}";

    private final List<Long> pauses = new ArrayList<>();
    private RegistryProxy registry;

    @BeforeEach
    void start() throws IOException {
        registry = new RegistryProxy("http://127.0.0.1:1");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private RegistryClient client(RegistryClient.Pause pause) {
        RandomGenerator none = () -> 0;
        return new RegistryClient(
                new RegistryAccess(URI.create(registry.url()), null, null, Duration.ofSeconds(30), BACKOFF),
                none,
                pause);
    }

    @Test
    void waitsTwiceAsLongEachTimeUpToTheLongestAndThenGivesUp() {
        registry.next(100, 503, "starting");
        RegistryClient client = client(pause -> pauses.add(pause.toMillis()));
        assertThatThrownBy(() -> client.version("s", RegistryClient.NEWEST))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("HTTP 503 starting");
        assertThat(pauses).containsExactly(100L, 200L, 400L, 800L, 1000L);
        assertThat(registry.requests()).hasSize(6);
    }

    @Test
    void beginsWithTheShortestPauseAgainAfterAnAnswer() {
        registry.next(2, 500, "");
        registry.next(1, 200, FOUND);
        registry.next(1, 429, "");
        registry.next(1, 200, FOUND);
        RegistryClient client = client(pause -> pauses.add(pause.toMillis()));
        assertThat(client.version("s", RegistryClient.NEWEST).orElseThrow().version())
                .isEqualTo(3);
        assertThat(client.version("s", RegistryClient.NEWEST).orElseThrow().version())
                .isEqualTo(3);
        assertThat(pauses).containsExactly(100L, 200L, 100L);
    }

    @Test
    void asksAgainToRegisterToo() {
        registry.next(1, 500, "store is busy");
        registry.next(1, 200, "{\"id\":4}");
        RegistryClient client = client(pause -> pauses.add(pause.toMillis()));
        assertThat(client.register("s", "{}")).isInstanceOf(Registration.Accepted.class);
        assertThat(registry.requests()).containsExactly("POST /subjects/s/versions", "POST /subjects/s/versions");
        assertThat(pauses).containsExactly(100L);
    }

    @Test
    void aTaskThatIsStoppedWhileItWaitsSaysSoAndStaysInterrupted() {
        registry.next(1, 500, "");
        RegistryClient client = client(pause -> {
            throw new InterruptedException();
        });
        assertThatThrownBy(() -> client.version("s", RegistryClient.NEWEST))
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(RetriableException.class)
                .hasMessageContaining("was stopped while it waited");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(registry.requests()).hasSize(1);
    }
}
