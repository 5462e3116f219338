package dev.cdcdelta.worker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditChainTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @Test
    void lineTellsWhoDidWhatWithoutValues() throws Exception {
        JsonNode line = new ObjectMapper().readTree(lines(KEY).get(0));
        assertThat(line.get("who").asText()).isEqualTo("ada \"the\nadmin\"");
        assertThat(line.get("role").asText()).isEqualTo("ADMINISTRATOR");
        assertThat(line.get("method").asText()).isEqualTo("PUT");
        assertThat(line.get("route").asText()).isEqualTo("/connectors/{connector}/config");
        assertThat(line.get("connector").asText()).isEqualTo("sales");
        assertThat(line.get("keys").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(line.get("outcome").asText()).isEqualTo("allowed");
        assertThat(line.get("latencyMs").asLong()).isEqualTo(12);
        assertThat(line.get("requestId").asText()).isEqualTo("id0");
    }

    @Test
    void wholeChainsAreWhole() {
        for (String key : new String[] {KEY, null}) {
            List<String> mixed = new ArrayList<>(lines(key));
            mixed.addAll(2, lines("other", key));
            AuditVerifier.Report report = verify(mixed, key);
            assertThat(report.findings()).isEmpty();
            assertThat(report.chains()).containsEntry("w1", true).containsEntry("other", true);
        }
    }

    @Test
    void everyChangeOfOneCharacterIsFound() {
        List<String> lines = lines(KEY);
        for (int line = 0; line < lines.size(); line++) {
            for (int place = 0; place < lines.get(line).length(); place++) {
                StringBuilder changed = new StringBuilder(lines.get(line));
                changed.setCharAt(place, changed.charAt(place) == 'x' ? 'y' : 'x');
                List<String> all = new ArrayList<>(lines);
                all.set(line, changed.toString());
                assertThat(verify(all, KEY).isWhole())
                        .as("line %d, character %d", line, place)
                        .isFalse();
            }
        }
    }

    @Test
    void linesMissingDoubledOrSwappedAreFound() {
        List<String> lines = lines(KEY);
        for (int i = 0; i < lines.size() - 1; i++) {
            List<String> without = new ArrayList<>(lines);
            without.remove(i);
            assertThat(verify(without, KEY).isWhole()).as("without %d", i).isFalse();
            List<String> doubled = new ArrayList<>(lines);
            doubled.add(i, lines.get(i));
            assertThat(verify(doubled, KEY).isWhole()).as("%d twice", i).isFalse();
            List<String> swapped = new ArrayList<>(lines);
            Collections.swap(swapped, i, i + 1);
            assertThat(verify(swapped, KEY).isWhole()).as("%d swapped", i).isFalse();
        }
    }

    @Test
    void cutEndShowsAsAnOpenChain() {
        List<String> lines = lines(KEY);
        assertThat(verify(lines.subList(0, 2), KEY).chains()).containsEntry("w1", false);
    }

    @Test
    void linesWrittenAnewWithoutTheKeyAreFound() {
        assertThat(verify(lines("fedcba9876543210fedcba9876543210"), KEY).isWhole())
                .isFalse();
    }

    @Test
    void outcomesAreToldApart() {
        assertThat(event("x", 200, null).outcome()).isEqualTo("allowed");
        assertThat(event("x", 403, "no").outcome()).isEqualTo("denied");
        assertThat(event("x", 409, null).outcome()).isEqualTo("failed");
    }

    private static List<String> lines(@Nullable String key) {
        return lines("w1", key);
    }

    private static List<String> lines(String name, @Nullable String key) {
        AuditChain chain = new AuditChain(name, key);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            lines.add(chain.next(event("id" + i, 200, null)));
        }
        lines.add(chain.close(Instant.EPOCH));
        return lines;
    }

    private static AuditEvent event(String identifier, int status, @Nullable String reason) {
        return new AuditEvent(
                Instant.EPOCH,
                identifier,
                new AuditEvent.Who("ada \"the\nadmin\"", "ADMINISTRATOR"),
                new AuditEvent.What("PUT", "/connectors/{connector}/config", "sales", new TreeSet<>(List.of("b", "a"))),
                status,
                reason,
                12,
                false);
    }

    private static AuditVerifier.Report verify(List<String> lines, @Nullable String key) {
        AuditVerifier verifier = new AuditVerifier(key);
        lines.forEach(verifier::read);
        return verifier.report();
    }
}
