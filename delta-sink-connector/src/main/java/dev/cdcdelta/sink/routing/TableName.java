package dev.cdcdelta.sink.routing;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The template of a table's path in the warehouse. */
public final class TableName {
    /** The variable that stands for the whole name of the topic. */
    public static final String TOPIC = "topic";

    /** The variable that stands for the value of a record's field. */
    public static final String FIELD = "field";

    public static final String DATABASE = "database";
    public static final String DEFAULT = "${database}/${collection}";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

    private final String template;
    private final Set<String> variables;

    /** @throws IllegalArgumentException if it is the path of no table */
    public TableName(String template) {
        this.template = template;
        Set<String> found = new TreeSet<>();
        Matcher matcher = VARIABLE.matcher(template);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        variables = Set.copyOf(found);
        requirePath(VARIABLE.matcher(template).replaceAll("x"));
    }

    public Set<String> variables() {
        return variables;
    }

    /** Whether the topic alone does not tell the table. */
    public boolean needsField() {
        return variables.contains(FIELD);
    }

    /** @throws IllegalArgumentException if a variable has no value, or the values make no path below the warehouse */
    String path(Map<String, String> values) {
        String path = VARIABLE.matcher(template).replaceAll(match -> {
            String value = values.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException("there is no value for ${" + match.group(1) + "}");
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

    @Override
    public String toString() {
        return template;
    }
}
