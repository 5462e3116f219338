package dev.cdcdelta.sink.routing;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What a topic's name tells: a regular expression whose named groups are variables of a table's name. */
public final class TopicPattern {
    /** Debezium's names, {@code <prefix>.<database>.<collection>}; only collections have dots in their names. */
    public static final String DEBEZIUM = "[^.]+\\.(?<database>[^.]+)\\.(?<collection>.+)";

    private static final Pattern GROUP = Pattern.compile("\\(\\?<([A-Za-z][A-Za-z0-9]*)>");

    private final Pattern pattern;
    private final Set<String> groups;

    /** @throws PatternSyntaxException if it is no regular expression */
    public TopicPattern(String regex) {
        pattern = Pattern.compile(regex);
        groups = groups(regex);
    }

    /** The names of its groups. */
    public Set<String> groups() {
        return groups;
    }

    /** The variables that the topic gives a table's name, or empty if the pattern does not match it. */
    Optional<Map<String, String>> match(String topic) {
        Matcher matcher = pattern.matcher(topic);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (String group : groups) {
            String value = matcher.group(group);
            if (value != null) {
                variables.put(group, value);
            }
        }
        variables.put(TableName.TOPIC, topic);
        return Optional.of(variables);
    }

    private static Set<String> groups(String regex) {
        Set<String> found = new LinkedHashSet<>();
        Matcher groups = GROUP.matcher(regex);
        while (groups.find()) {
            if (isGroup(regex, groups.group(1))) {
                found.add(groups.group(1));
            }
        }
        return Set.copyOf(found);
    }

    /** What looks like a group may be quoted; only of a group can a back reference be compiled. */
    private static boolean isGroup(String regex, String name) {
        try {
            Pattern.compile(regex + "\\k<" + name + ">");
            return true;
        } catch (PatternSyntaxException quoted) {
            return false;
        }
    }
}
