package dev.cdcdelta.admin.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Aligned text: rows under their column names, facts one a line, sections under their titles. */
final class TableText {
    private static final int WIDEST_CELL = 80;

    private final Palette palette;
    private final int mostRows;

    /** @param mostRows more rows than these are left out, with a line that says so; 0 for no limit */
    TableText(Palette palette, int mostRows) {
        this.palette = palette;
        this.mostRows = mostRows == 0 ? Integer.MAX_VALUE : mostRows;
    }

    void write(Report report, PrintWriter out) {
        if (report instanceof Report.Rows rows) {
            writeRows(rows, out);
        } else if (report instanceof Report.Facts facts) {
            writeFacts(facts, out);
        } else {
            writeSections((Report.Sections) report, out);
        }
    }

    private void writeSections(Report.Sections sections, PrintWriter out) {
        boolean first = true;
        for (Map.Entry<String, Report> part : sections.parts().entrySet()) {
            if (!first) {
                out.println();
            }
            first = false;
            out.println(palette.title(part.getKey()));
            write(part.getValue(), out);
        }
    }

    private void writeFacts(Report.Facts facts, PrintWriter out) {
        int width =
                facts.values().keySet().stream().mapToInt(String::length).max().orElse(0);
        facts.values()
                .forEach((name, value) -> out.println(
                        pad(name + ":", width + 1) + "  " + palette.value(value == null ? "-" : Cell.text(value))));
    }

    private void writeRows(Report.Rows rows, PrintWriter out) {
        List<List<String>> shown = new ArrayList<>();
        Iterator<? extends List<? extends @Nullable Object>> iterator =
                rows.rows().iterator();
        while (iterator.hasNext() && shown.size() < mostRows) {
            shown.add(iterator.next().stream().map(TableText::cell).toList());
        }
        int[] widths = widths(rows.columns(), shown);
        out.println(palette.title(line(rows.columns(), widths, false)));
        shown.forEach(row -> out.println(line(row, widths, true)));
        if (iterator.hasNext()) {
            out.println("(first " + mostRows + " rows; --max-rows 0 or another --output gives all)");
        }
    }

    private static int[] widths(List<String> columns, List<List<String>> rows) {
        int[] widths = columns.stream().mapToInt(String::length).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(
                        widths[i], row.get(i).codePointCount(0, row.get(i).length()));
            }
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths, boolean colours) {
        var padded = new ArrayList<String>();
        for (int i = 0; i < widths.length; i++) {
            String cell = i == widths.length - 1 ? cells.get(i) : pad(cells.get(i), widths[i]);
            padded.add(colours ? palette.value(cell) : cell);
        }
        return padded.stream().collect(Collectors.joining("  ")).stripTrailing();
    }

    private static String cell(@Nullable Object value) {
        String text = Cell.text(value).replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
        int length = text.codePointCount(0, text.length());
        return length <= WIDEST_CELL ? text : text.substring(0, text.offsetByCodePoints(0, WIDEST_CELL - 1)) + "…";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
    }
}
