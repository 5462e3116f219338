package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.pipeline.SecretReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Configurations as a person may see them: secrets hidden, references as they are. */
final class ShownConfig {
    private ShownConfig() {}

    static Map<String, String> of(Map<String, String> config) {
        Map<String, String> shown = new LinkedHashMap<>();
        config.forEach((key, value) -> shown.put(key, SecretReference.shown(key, value)));
        return shown;
    }

    /** In the order of the keys. */
    static Report.Facts facts(Map<String, String> config) {
        return new Report.Facts(of(new TreeMap<>(config)));
    }

    /** Under the names of the connectors. */
    static Report sections(List<Map<String, String>> configs) {
        Map<String, Report> parts = new LinkedHashMap<>();
        configs.forEach(config -> parts.put(config.getOrDefault("name", ""), new Report.Facts(of(config))));
        return new Report.Sections(parts);
    }
}
