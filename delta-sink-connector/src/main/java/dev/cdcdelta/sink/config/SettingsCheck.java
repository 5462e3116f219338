package dev.cdcdelta.sink.config;

import dev.cdcdelta.sink.routing.TableName;
import dev.cdcdelta.sink.routing.TopicPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** What no single key tells: keys that do not exist, and keys that do not go together. */
public final class SettingsCheck {
    /** Delta Kernel refuses these; what begins with one of them, too. */
    private static final List<String> REFUSED_PROPERTIES = List.of(
            "delta.autoOptimize",
            "delta.targetFileSize",
            "delta.isolationLevel",
            "delta.setTransactionRetentionDuration",
            "delta.constraints.");

    /** The engine needs these as they are. */
    private static final Map<String, String> FIXED_PROPERTIES = Map.of(
            "delta.enableDeletionVectors", "true", "delta.columnMapping.mode", "none", "delta.appendOnly", "false");

    private static final String DEAD_LETTERS = "errors.deadletterqueue.topic.name";
    private static final String OFFSET_RESET = "consumer.override.auto.offset.reset";

    private final Map<String, String> properties;
    private final Map<String, List<String>> errors = new LinkedHashMap<>();

    public SettingsCheck(Map<String, String> properties) {
        this.properties = new TreeMap<>(properties);
        this.properties.values().removeIf(Objects::isNull);
    }

    /** The messages by key. */
    public Map<String, List<String>> errors() {
        errors.clear();
        properties.keySet().forEach(this::checkName);
        properties.forEach(this::checkTableProperty);
        checkTableName();
        checkS3Keys();
        checkOffsetReset();
        checkDeadLetters();
        return errors;
    }

    /** Where a table has recorded nothing, reading begins at offset 0, which Kafka resets if it holds it no longer. */
    private void checkOffsetReset() {
        if (!properties.getOrDefault(OFFSET_RESET, "earliest").equals("earliest")) {
            add(OFFSET_RESET, "must be earliest, Connect's default; anything else would skip records. Take it out");
        }
    }

    private void checkName(String key) {
        boolean isFamily = SinkConfigDef.FAMILIES.stream().anyMatch(family -> key.startsWith(family.prefix()));
        Set<String> known = SinkConfigDef.DEFINITION.names();
        if (!isFamily && !known.contains(key) && !ConnectKeys.isKnown(key)) {
            NearName.of(key, known).ifPresent(near -> add(key, "there is no such key; did you mean '" + near + "'?"));
        }
    }

    private void checkTableProperty(String key, String value) {
        if (!key.startsWith(SinkConfigDef.TABLE_PROPERTIES)) {
            return;
        }
        String property = key.substring(SinkConfigDef.TABLE_PROPERTIES.length());
        if (property.isEmpty()) {
            add(key, "names no table property");
        }
        if (REFUSED_PROPERTIES.stream().anyMatch(refused -> startsWithIgnoringCase(property, refused))) {
            add(key, "Delta Kernel does not write tables with this property; take it out");
        }
        FIXED_PROPERTIES.forEach((fixed, required) -> {
            if (property.equalsIgnoreCase(fixed) && !required.equalsIgnoreCase(value)) {
                add(key, "must be " + required + ", for the connector relies on it; take it out");
            }
        });
    }

    private void checkTableName() {
        Set<String> variables;
        TopicPattern pattern;
        try {
            variables = new TableName(properties.getOrDefault(SinkConfigDef.TABLE_NAME, TableName.DEFAULT)).variables();
            pattern = new TopicPattern(properties.getOrDefault(SinkConfigDef.TOPIC_PATTERN, TopicPattern.DEBEZIUM));
        } catch (IllegalArgumentException reportedByValidator) {
            return;
        }
        for (String variable : variables) {
            if (!variable.equals(TableName.TOPIC) && !pattern.names(variable)) {
                add(
                        SinkConfigDef.TABLE_NAME,
                        "uses ${" + variable + "}, but 'topic.pattern' has no group (?<" + variable + ">…)");
            }
        }
        boolean tellsCollections = variables.contains(TableName.TOPIC) || variables.contains(TableName.COLLECTION);
        if (!tellsCollections && mayHaveSeveralTopics()) {
            add(
                    SinkConfigDef.TABLE_NAME,
                    "gives several topics one table, and their documents would overwrite each other; use ${collection} or ${topic},"
                            + " or a single topic");
        }
    }

    private boolean mayHaveSeveralTopics() {
        return properties.containsKey("topics.regex")
                || properties.getOrDefault("topics", "").contains(",");
    }

    private void checkS3Keys() {
        requireTogether("hadoop.fs.s3a.access.key", "hadoop.fs.s3a.secret.key");
        requireTogether("hadoop.fs.s3a.secret.key", "hadoop.fs.s3a.access.key");
    }

    /** Connect itself drops what a converter or transform refuses, unless it is told where to put it. */
    private void checkDeadLetters() {
        boolean tolerant = properties.getOrDefault("errors.tolerance", "none").equalsIgnoreCase("all");
        if (tolerant && properties.getOrDefault(DEAD_LETTERS, "").isBlank()) {
            add(
                    DEAD_LETTERS,
                    "is missing, but errors.tolerance=all is given: records that fit no row would be lost. Name a topic, or take"
                            + " errors.tolerance out to stop the task at such a record");
        }
    }

    private void requireTogether(String given, String needed) {
        if (properties.containsKey(given) && !properties.containsKey(needed)) {
            add(needed, "is missing, but " + given + " is given");
        }
    }

    private void add(String key, String message) {
        errors.computeIfAbsent(key, name -> new ArrayList<>()).add(message);
    }

    private static boolean startsWithIgnoringCase(String text, String start) {
        return text.toLowerCase(Locale.ROOT).startsWith(start.toLowerCase(Locale.ROOT));
    }
}
