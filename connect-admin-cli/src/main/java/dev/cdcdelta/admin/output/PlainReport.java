package dev.cdcdelta.admin.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as nested lists and maps of plain values, which JSON and YAML share. */
final class PlainReport {
    private PlainReport() {}

    static @Nullable Object of(Report report) {
        if (report instanceof Report.Rows rows) {
            List<String> names = UniqueNames.of(rows.columns());
            List<Object> plain = new ArrayList<>();
            rows.rows().forEach(row -> plain.add(row(names, row)));
            return plain;
        }
        if (report instanceof Report.Facts facts) {
            return Cell.plain(facts.values());
        }
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        ((Report.Sections) report).parts().forEach((title, part) -> plain.put(title, of(part)));
        return plain;
    }

    static Map<String, @Nullable Object> row(List<String> names, List<? extends @Nullable Object> row) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            plain.put(names.get(i), Cell.plain(row.get(i)));
        }
        return plain;
    }
}
