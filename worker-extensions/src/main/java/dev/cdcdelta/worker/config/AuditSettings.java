package dev.cdcdelta.worker.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param chain the name of the worker's chains
 * @param key of the hashes; null for plain ones
 * @param topic empty where there is none
 * @param producer settings of the producer to that topic
 */
public record AuditSettings(String chain, @Nullable String key, String topic, Map<String, Object> producer) {
    public AuditSettings {
        producer = Map.copyOf(producer);
    }

    /** Without the key and the producer's settings, which hold secrets. */
    @Override
    public String toString() {
        return "AuditSettings[chain=" + chain + ", topic=" + topic + "]";
    }
}
