package dev.cdcdelta.worker.config;

import java.util.Map;

/** All of the extension's settings, checked. */
public record SecuritySettings(
        KeySettings keys,
        TokenSettings token,
        RuleSettings rules,
        KeyPatterns masked,
        RequestSettings requests,
        AuditSettings audit) {

    /**
     * @param worker the worker's properties
     * @throws org.apache.kafka.common.config.ConfigException where they would leave the REST API open
     */
    public static SecuritySettings of(Map<String, ?> worker) {
        WorkerCheck.check(worker);
        return SettingsReader.of(worker).read();
    }
}
