package dev.cdcdelta.sink.routing;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The template of a table's path in the warehouse. */
public final class TableName {
    public static final String TOPIC = "topic";
    public static final String DATABASE = "database";
    public static final String COLLECTION = "collection";
    public static final String DEFAULT = "${database}/${collection}";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Set<String> KNOWN = Set.of(TOPIC, DATABASE, COLLECTION);

    private final String template;

    /** @throws IllegalArgumentException if a variable is unknown or the path is none */
    public TableName(String template) {
        this.template = template;
        for (String variable : variables()) {
            if (!KNOWN.contains(variable)) {
                throw new IllegalArgumentException(
                        "${" + variable + "} is none of ${topic}, ${database}, ${collection}");
            }
        }
        requirePath(VARIABLE.matcher(template).replaceAll("x"));
    }

    public Set<String> variables() {
        Set<String> found = new TreeSet<>();
        Matcher matcher = VARIABLE.matcher(template);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    /** @throws IllegalArgumentException if a variable has no value, or the values make no path below the warehouse */
    String path(Map<String, String> values) {
        String path = VARIABLE.matcher(template).replaceAll(match -> {
            String value = values.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException("the topic gives no value for ${" + match.group(1) + "}");
            }
            return Matcher.quoteReplacement(value);
        });
        requirePath(path);
        return path;
    }

    private static void requirePath(String path) {
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.equals("_delta_log")) {
                throw new IllegalArgumentException(
                        "'" + path + "' is no path of a table: its part '" + part + "' is not allowed");
            }
        }
    }
}
