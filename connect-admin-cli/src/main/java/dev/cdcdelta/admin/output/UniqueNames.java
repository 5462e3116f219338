package dev.cdcdelta.admin.output;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Column names as object keys: a repeated one gets {@code _1}, {@code _2} and so on, as DuckDB does in subqueries. */
final class UniqueNames {
    private UniqueNames() {}

    static List<String> of(List<String> columns) {
        Set<String> taken = new LinkedHashSet<>(columns);
        Set<String> used = new LinkedHashSet<>();
        for (String column : columns) {
            String name = column;
            for (int suffix = 1; !used.add(name); suffix++) {
                String candidate = column + "_" + suffix;
                name = taken.add(candidate) ? candidate : column;
            }
        }
        return new ArrayList<>(used);
    }
}
