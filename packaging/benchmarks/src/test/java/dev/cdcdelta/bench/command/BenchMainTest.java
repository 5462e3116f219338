package dev.cdcdelta.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchMainTest {
    @Test
    void helpListsTheSuitesThatAreThereAndNoOthers() {
        String help = BenchMain.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF);

        assertThat(help)
                .contains("torture", "growth", "smt", "sink", "limits", "requests")
                .doesNotContain("peers", "soak");
    }

    @Test
    void wrongOptionsAreWrongUsage() {
        StringWriter errors = new StringWriter();
        CommandLine command = BenchMain.commandLine().setErr(new PrintWriter(errors));

        assertThat(command.execute("torture", "--events", "many")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("--events");
    }
}
