package dev.cdcdelta.admin.output;

import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** RFC 4180 with {@code \n} line ends. Null is an empty field, the empty string is {@code ""}; containers are compact JSON. */
final class CsvText {
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]|^$|^\\s|\\s$");

    private CsvText() {}

    static void write(Report.Rows rows, PrintWriter out) {
        out.print(line(rows.columns()));
        rows.rows().forEach(row -> out.print(line(row)));
    }

    private static String line(List<? extends @Nullable Object> values) {
        return values.stream().map(CsvText::field).collect(Collectors.joining(",", "", "\n"));
    }

    private static String field(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = Cell.text(value);
        return NEEDS_QUOTES.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
