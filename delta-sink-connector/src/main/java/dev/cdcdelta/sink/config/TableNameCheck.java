package dev.cdcdelta.sink.config;

import dev.cdcdelta.sink.routing.TableName;
import dev.cdcdelta.sink.routing.TopicPattern;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether the names of tables can be made of what a record tells, and keep apart what has to be apart. */
final class TableNameCheck {
    private final Map<String, String> properties;
    private final String main;
    private final String append;

    TableNameCheck(Map<String, String> properties) {
        this.properties = properties;
        this.main = properties.getOrDefault(SinkConfigDef.TABLE_NAME, TableName.DEFAULT);
        this.append = properties.getOrDefault(SinkConfigDef.APPEND_TABLE_NAME, "");
    }

    void check(Findings findings) {
        Set<String> groups;
        Set<String> mainVariables;
        Set<String> appendVariables;
        try {
            groups = new TopicPattern(properties.getOrDefault(SinkConfigDef.TOPIC_PATTERN, TopicPattern.DEBEZIUM))
                    .groups();
            mainVariables = new TableName(main).variables();
            appendVariables = append.isEmpty() ? Set.of() : new TableName(append).variables();
        } catch (IllegalArgumentException reportedByValidator) {
            return;
        }
        checkVariables(SinkConfigDef.TABLE_NAME, mainVariables, groups, findings);
        checkVariables(SinkConfigDef.APPEND_TABLE_NAME, appendVariables, groups, findings);
        checkField(mainVariables, appendVariables, findings);
        checkTopicsApart(mainVariables, groups, findings);
        if (append.equals(main)) {
            findings.add(
                    SinkConfigDef.APPEND_TABLE_NAME,
                    "is the same as 'table.name', but one table cannot be both; give it a name of its own");
        }
    }

    private void checkVariables(String key, Set<String> variables, Set<String> groups, Findings findings) {
        Set<String> known = new TreeSet<>(groups);
        known.add(TableName.TOPIC);
        known.add(TableName.FIELD);
        for (String variable : variables) {
            if (!known.contains(variable)) {
                findings.add(
                        key,
                        "uses ${" + variable + "}, but 'topic.pattern' has no group (?<" + variable
                                + ">…); known are ${" + String.join("}, ${", known) + "}");
            }
        }
    }

    private void checkField(Set<String> mainVariables, Set<String> appendVariables, Findings findings) {
        boolean used = mainVariables.contains(TableName.FIELD) || appendVariables.contains(TableName.FIELD);
        boolean given = properties.containsKey(SinkConfigDef.TABLE_NAME_FIELD);
        if (used && !given) {
            findings.add(
                    SinkConfigDef.TABLE_NAME_FIELD,
                    "is missing, but a table's name has ${field}; name the field of the document");
        }
        if (given && !used) {
            findings.add(
                    SinkConfigDef.TABLE_NAME_FIELD,
                    "is given, but no table's name has ${field}; put it into 'table.name'");
        }
    }

    /** Events may be side by side in one table; documents of two collections with the same {@code _id} may not. */
    private void checkTopicsApart(Set<String> variables, Set<String> groups, Findings findings) {
        Set<String> telling = new HashSet<>(groups);
        telling.remove(TableName.DATABASE);
        telling.add(TableName.TOPIC);
        telling.retainAll(variables);
        boolean isAppend = "append".equalsIgnoreCase(properties.get(SinkConfigDef.WRITE_MODE));
        if (telling.isEmpty() && mayHaveSeveralTopics() && !isAppend) {
            findings.add(
                    SinkConfigDef.TABLE_NAME,
                    "gives several topics one table, and their documents would overwrite each other; use ${collection} or ${topic},"
                            + " a single topic, or, if no two topics share an _id, a group of 'topic.pattern' of your own");
        }
    }

    private boolean mayHaveSeveralTopics() {
        return properties.containsKey("topics.regex")
                || properties.getOrDefault("topics", "").contains(",");
    }
}
