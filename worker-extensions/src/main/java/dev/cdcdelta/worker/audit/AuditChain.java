package dev.cdcdelta.worker.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lines of one start of one worker, each with its number and the hash of the one before, so that none can be changed,
 * taken out or put in unnoticed. The first one has the number 0 and no hash before it; the last one, of an orderly stop,
 * says so. Not safe for threads.
 */
public final class AuditChain {
    /** Ends each line. The hash is that of the line without it. */
    static final String HASH_FIELD = ",\"hash\":\"";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Digest digest;
    private long number;
    private String previous = "";

    /**
     * @param name unique to this start of this worker
     * @param key of the hashes; null for plain ones
     */
    public AuditChain(String name, @Nullable String key) {
        this.name = name;
        this.digest = new Digest(key);
    }

    public String name() {
        return name;
    }

    public String next(AuditEvent event) {
        ObjectNode line = JSON.createObjectNode();
        line.put("time", event.time().toString());
        line.put("requestId", event.requestId());
        line.put("who", event.who().name());
        line.put("role", event.who().role());
        line.put("method", event.what().method());
        line.put("route", event.what().route());
        line.put("connector", event.what().connector());
        ArrayNode keys = line.putArray("keys");
        event.what().keys().forEach(keys::add);
        line.put("outcome", event.outcome());
        line.put("status", event.status());
        line.put("reason", event.reason());
        line.put("latencyMs", event.latencyMillis());
        line.put("forwarded", event.forwarded());
        return chained(line);
    }

    public String close(Instant time) {
        return chained(JSON.createObjectNode().put("time", time.toString()).put("outcome", "closed"));
    }

    private String chained(ObjectNode line) {
        line.put("chain", name);
        line.put("number", number++);
        line.put("previous", previous);
        String text = write(line);
        previous = digest.of(text);
        return text.substring(0, text.length() - 1) + HASH_FIELD + previous + "\"}";
    }

    private static String write(ObjectNode line) {
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of texts and numbers cannot be written.", e);
        }
    }
}
