package dev.cdcdelta.worker.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads audit lines, of any number of chains mixed but each in its order, and says whether they are whole. Lines that were
 * cut off the end of a chain show only in that its end is missing, as it is of a worker that runs or was killed.
 */
public final class AuditVerifier {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern HASH = Pattern.compile("^(\\{.*)" + AuditChain.HASH_FIELD + "([0-9a-f]{64})\"\\}$");

    private final Digest digest;
    private final Map<String, Progress> chains = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private long lines;

    /** @param key that the lines were written with; null for plain hashes */
    public AuditVerifier(@Nullable String key) {
        this.digest = new Digest(key);
    }

    /**
     * @param lines read
     * @param chains their names, with whether each was closed by an orderly stop
     * @param findings one sentence for each line that breaks its chain; empty where all are whole
     */
    public record Report(long lines, Map<String, Boolean> chains, List<String> findings) {
        public boolean isWhole() {
            return findings.isEmpty();
        }
    }

    public void read(String line) {
        lines++;
        Matcher matcher = HASH.matcher(line);
        if (!matcher.matches()) {
            findings.add("Line " + lines + " is no audit line: it does not end with a hash.");
            return;
        }
        String text = matcher.group(1) + "}";
        try {
            read(JSON.readTree(text), text, matcher.group(2));
        } catch (JsonProcessingException e) {
            findings.add("Line " + lines + " is no audit line: it is not JSON.");
        }
    }

    public Report report() {
        Map<String, Boolean> closed = new TreeMap<>();
        chains.forEach((name, progress) -> closed.put(name, progress.closed()));
        return new Report(lines, closed, List.copyOf(findings));
    }

    private void read(JsonNode line, String text, String hash) {
        String chain = line.path("chain").asText();
        long number = line.path("number").asLong(-1);
        Progress before = chains.getOrDefault(chain, new Progress(-1, "", false));
        String place = "Line " + lines + " (chain " + chain + ", number " + number + ")";
        if (!digest.of(text).equals(hash)) {
            findings.add(place + " was changed, or its hash was made with another key.");
        }
        if (before.closed()) {
            findings.add(place + " comes after the end of its chain.");
        } else if (number != before.number() + 1) {
            findings.add(
                    place + " follows number " + before.number() + ": lines are missing, doubled or out of order.");
        } else if (!line.path("previous").asText().equals(before.hash())) {
            findings.add(place + " does not continue the line before it.");
        }
        chains.put(
                chain, new Progress(number, hash, line.path("outcome").asText().equals("closed")));
    }

    private record Progress(long number, String hash, boolean closed) {}
}
