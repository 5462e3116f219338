package dev.cdcdelta.admin.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON: rows as an array with one object a line, so that large results stream and diff well; everything else indented. */
final class JsonText {
    private static final ObjectWriter COMPACT = new ObjectMapper().writer();
    private static final ObjectWriter INDENTED = new ObjectMapper()
            .writer(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private JsonText() {}

    static String compact(@Nullable Object plain) {
        return text(COMPACT, plain);
    }

    static void write(Report report, PrintWriter out) {
        if (report instanceof Report.Rows rows) {
            writeRows(rows, out);
        } else {
            out.println(text(INDENTED, PlainReport.of(report)));
        }
    }

    private static void writeRows(Report.Rows rows, PrintWriter out) {
        List<String> names = UniqueNames.of(rows.columns());
        out.print('[');
        Iterator<? extends List<? extends @Nullable Object>> iterator =
                rows.rows().iterator();
        while (iterator.hasNext()) {
            out.print("\n  ");
            out.print(compact(PlainReport.row(names, iterator.next())));
            out.print(iterator.hasNext() ? "," : "\n");
        }
        out.println(']');
    }

    private static String text(ObjectWriter writer, @Nullable Object plain) {
        try {
            return writer.writeValueAsString(plain);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values are always writable", e);
        }
    }
}
