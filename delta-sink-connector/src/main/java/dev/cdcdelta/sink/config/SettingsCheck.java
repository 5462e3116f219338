package dev.cdcdelta.sink.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** What no single key tells: keys that do not exist, and keys that do not go together. */
public final class SettingsCheck {
    private static final String DEAD_LETTERS = "errors.deadletterqueue.topic.name";
    private static final String OFFSET_RESET = "consumer.override.auto.offset.reset";

    private final Map<String, String> properties;

    public SettingsCheck(Map<String, String> properties) {
        this.properties = new TreeMap<>(properties);
        this.properties.values().removeIf(Objects::isNull);
    }

    /** The messages by key. */
    public Map<String, List<String>> errors() {
        Findings findings = new Findings();
        properties.keySet().forEach(key -> checkName(key, findings));
        new TablePropertyCheck(properties).check(findings);
        new TableNameCheck(properties).check(findings);
        new WriteCheck(properties).check(findings);
        checkS3Keys(findings);
        checkOffsetReset(findings);
        checkDeadLetters(findings);
        return findings.byKey();
    }

    private static void checkName(String key, Findings findings) {
        boolean isFamily = SinkConfigDef.FAMILIES.stream().anyMatch(family -> key.startsWith(family.prefix()));
        Set<String> known = SinkConfigDef.DEFINITION.names();
        if (!isFamily && !known.contains(key) && !ConnectKeys.isKnown(key)) {
            NearName.of(key, known)
                    .ifPresent(near -> findings.add(key, "there is no such key; did you mean '" + near + "'?"));
        }
    }

    /** Where a table has recorded nothing, reading begins at offset 0, which Kafka resets if it holds it no longer. */
    private void checkOffsetReset(Findings findings) {
        if (!properties.getOrDefault(OFFSET_RESET, "earliest").equals("earliest")) {
            findings.add(
                    OFFSET_RESET, "must be earliest, Connect's default; anything else would skip records. Take it out");
        }
    }

    private void checkS3Keys(Findings findings) {
        requireTogether("hadoop.fs.s3a.access.key", "hadoop.fs.s3a.secret.key", findings);
        requireTogether("hadoop.fs.s3a.secret.key", "hadoop.fs.s3a.access.key", findings);
    }

    private void requireTogether(String given, String needed, Findings findings) {
        if (properties.containsKey(given) && !properties.containsKey(needed)) {
            findings.add(needed, "is missing, but " + given + " is given; give both, or none");
        }
    }

    /** Connect itself drops what a converter or transform refuses, unless it is told where to put it. */
    private void checkDeadLetters(Findings findings) {
        boolean tolerant = properties.getOrDefault("errors.tolerance", "none").equalsIgnoreCase("all");
        if (tolerant && properties.getOrDefault(DEAD_LETTERS, "").isBlank()) {
            findings.add(
                    DEAD_LETTERS,
                    "is missing, but errors.tolerance=all is given: records that fit no row would be lost. Name a topic, or take"
                            + " errors.tolerance out to stop the task at such a record");
        }
    }
}
