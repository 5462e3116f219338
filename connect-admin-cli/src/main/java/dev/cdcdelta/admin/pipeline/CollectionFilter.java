package dev.cdcdelta.admin.pipeline;

import java.util.regex.Pattern;

/** Collections of one database: one by its name, or all that match a regular expression. */
public record CollectionFilter(String text) {
    private static final Pattern OPERATOR = Pattern.compile("[*+?|^\\[\\](){}\\\\]");
    private static final Pattern QUOTED = Pattern.compile("[.$]");

    /** A name holds none of {@code *+?|^[](){}\}; MongoDB would allow them, but nobody uses them. */
    public boolean isPattern() {
        return OPERATOR.matcher(text).find();
    }

    /** As an element of Debezium's {@code collection.include.list}, a comma-separated list of regular expressions. */
    String includeListElement(String database) {
        return quoted(database) + "\\." + expression().replace(",", "\\,");
    }

    /** The topic of a collection given by name: Debezium puts {@code _} for what Kafka allows in no topic name. */
    String topic(String prefix, String database) {
        return (prefix + "." + database + "." + text).replaceAll("[^A-Za-z0-9._-]", "_");
    }

    String expression() {
        return isPattern() ? "(" + text + ")" : quoted(text);
    }

    static String quoted(String name) {
        return QUOTED.matcher(name).replaceAll("\\\\$0");
    }
}
