package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.output.Format;
import dev.cdcdelta.admin.output.Renderer;
import dev.cdcdelta.admin.output.Report;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that says what form the answer takes. */
final class OutputOptions {
    // picocli sets it before anything is called.
    @SuppressWarnings("NullAway.Init")
    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json, yaml or csv (rows only); default: table.")
    private Format format = Format.TABLE;

    void write(Report report) {
        write(report, 0);
    }

    /** @param people the same for the table format, where whole sentences are not cut off */
    void write(Report programs, Report people) {
        write(format == Format.TABLE ? people : programs);
    }

    /** @param mostTableRows limit of the table format; 0 for none */
    void write(Report report, int mostTableRows) {
        new Renderer(format, mostTableRows, mixee.commandLine().getColorScheme().ansi())
                .write(report, mixee.commandLine().getOut());
    }
}
