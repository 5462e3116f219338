package dev.cdcdelta.admin.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which collections a source connector captures: Debezium's {@code collection.include.list}, expressions with commas in between. */
final class CollectionList {
    private static final Pattern DATABASE = Pattern.compile("((?:[A-Za-z0-9_-]|\\\\\\$)+)\\\\?\\..*");

    private CollectionList() {}

    static List<Pattern> patterns(Map<String, String> source) {
        List<Pattern> patterns = new ArrayList<>();
        for (String expression : expressions(source)) {
            try {
                patterns.add(Pattern.compile(expression, Pattern.CASE_INSENSITIVE));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "collection.include.list holds '" + expression + "', which is no regular expression", e);
            }
        }
        return patterns;
    }

    /** Databases that the expressions name in plain letters. */
    static Set<String> databases(Map<String, String> source) {
        Set<String> databases = new TreeSet<>();
        for (String expression : expressions(source)) {
            Matcher matcher = DATABASE.matcher(expression);
            if (matcher.matches()) {
                databases.add(matcher.group(1).replace("\\", ""));
            }
        }
        return databases;
    }

    private static List<String> expressions(Map<String, String> source) {
        List<String> expressions = new ArrayList<>();
        for (String part : source.getOrDefault("collection.include.list", "").split("(?<!\\\\),", -1)) {
            if (!part.isBlank()) {
                expressions.add(part.strip().replace("\\,", ","));
            }
        }
        return expressions;
    }
}
