package dev.cdcdelta.sink.routing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** How a topic's name tells the database and the collection: a regular expression with groups of these names. */
public final class TopicPattern {
    /** Debezium's names, {@code <prefix>.<database>.<collection>}; only collections have dots in their names. */
    public static final String DEBEZIUM = "[^.]+\\.(?<database>[^.]+)\\.(?<collection>.+)";

    private static final Pattern GROUP = Pattern.compile("\\(\\?<([A-Za-z][A-Za-z0-9]*)>");

    private final Pattern pattern;

    /** @throws PatternSyntaxException if it is no regular expression */
    public TopicPattern(String regex) {
        pattern = Pattern.compile(regex);
    }

    public boolean names(String group) {
        Matcher groups = GROUP.matcher(pattern.pattern());
        while (groups.find()) {
            if (groups.group(1).equals(group)) {
                return true;
            }
        }
        return false;
    }

    /** The variables that the topic gives a table's name, or empty if the pattern does not match it. */
    Optional<Map<String, String>> match(String topic) {
        Matcher matcher = pattern.matcher(topic);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        variables.put(TableName.TOPIC, topic);
        for (String group : new String[] {TableName.DATABASE, TableName.COLLECTION}) {
            String value = names(group) ? matcher.group(group) : null;
            if (value != null) {
                variables.put(group, value);
            }
        }
        return Optional.of(variables);
    }
}
