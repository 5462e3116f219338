package dev.cdcdelta.admin.output;

import dev.cdcdelta.admin.failure.CommandException;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** Writes a report in the form that was asked for. */
public final class Renderer {
    private final Format format;
    private final TableText tableText;

    /** @param mostTableRows limit of {@link Format#TABLE} only; 0 for none */
    public Renderer(Format format, int mostTableRows, Ansi ansi) {
        this.format = format;
        this.tableText = new TableText(new Palette(ansi), mostTableRows);
    }

    public void write(Report report, PrintWriter out) {
        switch (format) {
            case TABLE -> tableText.write(report, out);
            case JSON -> JsonText.write(report, out);
            case YAML -> YamlText.write(report, out);
            case CSV -> {
                if (!(report instanceof Report.Rows rows)) {
                    throw CommandException.usage(
                            "This command's answer is no list of rows, so CSV cannot hold it.",
                            "Use --output table, json or yaml.");
                }
                CsvText.write(rows, out);
            }
        }
        out.flush();
    }
}
