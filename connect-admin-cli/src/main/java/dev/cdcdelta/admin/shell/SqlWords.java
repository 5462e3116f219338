package dev.cdcdelta.admin.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** Words that may stand where the cursor is: SQL's, tables, and the columns of tables that the statement names. */
public final class SqlWords {
    private static final List<String> KEYWORDS = List.of(
            "SELECT", "FROM", "WHERE", "GROUP BY", "ORDER BY", "HAVING", "LIMIT", "OFFSET", "DISTINCT", "JOIN", "LEFT JOIN", "USING",
            "ON", "AND", "OR", "NOT", "NULL", "IS", "IN", "BETWEEN", "LIKE", "ILIKE", "CASE", "WHEN", "THEN", "ELSE", "END", "AS",
            "ASC", "DESC", "WITH", "UNION ALL", "EXCEPT", "INTERSECT", "DESCRIBE", "SUMMARIZE", "count(*)", "sum(", "min(", "max(",
            "avg(", "unnest(");

    private final Supplier<List<String>> tables;
    private final Function<String, List<String>> columns;

    /**
     * @param tables names as statements use them
     * @param columns of a table
     */
    public SqlWords(Supplier<List<String>> tables, Function<String, List<String>> columns) {
        this.tables = tables;
        this.columns = columns;
    }

    /** @param statement so far, without the word that is being typed */
    public List<String> candidates(String statement, String word) {
        TreeSet<String> found = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        String start = word.toLowerCase(Locale.ROOT);
        List<String> names = tables.get();
        List<String> all = new ArrayList<>(KEYWORDS);
        all.addAll(names);
        String said = statement.toLowerCase(Locale.ROOT);
        for (String name : names) {
            if (said.contains(name.toLowerCase(Locale.ROOT))) {
                all.addAll(columns.apply(name));
            }
        }
        all.stream().filter(each -> each.toLowerCase(Locale.ROOT).startsWith(start)).forEach(found::add);
        return List.copyOf(found);
    }
}
