package dev.cdcdelta.admin;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** One run of the program in this process: exit code, standard output, standard error. */
record CliRun(int exitCode, String out, String err) {
    static CliRun of(String... arguments) {
        return with(Map.of(), arguments);
    }

    static CliRun with(Map<String, String> environment, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine commandLine = ConnectAdminCli.commandLine(environment, arguments)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        int exitCode = commandLine.execute(arguments);
        return new CliRun(exitCode, out.toString(), err.toString());
    }
}
