package dev.cdcdelta.worker.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.worker.route.Match;
import dev.cdcdelta.worker.route.RouteTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class HopProofTest {
    private static final Clock NOW = Clock.fixed(Instant.EPOCH.plusSeconds(1_000_000), ZoneOffset.UTC);
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Match PAUSE =
            RouteTable.find("PUT", "/connectors/a/stop").orElseThrow();

    private final HopProof proof = new HopProof(SECRET, NOW);
    private final String header = proof.header(PAUSE, "a.b.c", "id-1");

    @Test
    void theNextWorkerKnowsThatTheCallIsAudited() {
        assertThat(HopProof.isHop(header)).isTrue();
        assertThat(new HopProof(SECRET, NOW).verify(PAUSE, header)).contains(new HopProof.Hop("a.b.c", "id-1"));
    }

    @Test
    void proofIsOfOneCallAlone() {
        assertThat(proof.verify(RouteTable.find("PUT", "/connectors/b/stop").orElseThrow(), header))
                .isEmpty();
        assertThat(proof.verify(RouteTable.find("DELETE", "/connectors/a").orElseThrow(), header))
                .isEmpty();
        assertThat(proof.verify(PAUSE, header.replace("a.b.c", "a.b.d"))).isEmpty();
        assertThat(proof.verify(PAUSE, header.replace("id-1", "id-2"))).isEmpty();
        assertThat(new HopProof("another secret of 32 characters!", NOW).verify(PAUSE, header))
                .isEmpty();
    }

    @Test
    void proofDoesNotLast() {
        Clock later = Clock.offset(NOW, Duration.ofMinutes(4));
        assertThat(new HopProof(SECRET, later).verify(PAUSE, header)).isEmpty();
    }
}
