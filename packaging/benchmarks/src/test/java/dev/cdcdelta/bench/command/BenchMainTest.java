package dev.cdcdelta.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class BenchMainTest {
    @Test
    void helpListsTheSuitesThatAreThereAndNoOthers() {
        String help = BenchMain.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF);

        assertThat(help)
                .contains(
                        "torture", "growth", "smt", "sink", "limits", "requests", "peers", "lag", "keys", "page", "all")
                .doesNotContain("soak");
    }

    @Test
    void wrongOptionsAreWrongUsage() {
        StringWriter errors = new StringWriter();
        CommandLine command = BenchMain.commandLine().setErr(new PrintWriter(errors));

        assertThat(command.execute("torture", "--events", "many")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("--events");
    }

    @Test
    void modesAndSizesAreWrittenInSmallLettersToo() {
        BenchMain.commandLine().parseArgs("sink", "--mode", "append", "--profile", "INSERT", "--size", "small");
    }

    @ParameterizedTest
    @EnumSource
    void everySuiteOfAPlanIsRightUsage(SuitePlan plan) {
        for (List<String> suite : plan.commands()) {
            CommandLine.ParseResult parsed = BenchMain.commandLine().parseArgs(suite.toArray(new String[0]));
            assertThat(parsed.subcommand().commandSpec().name()).isEqualTo(suite.get(0));
        }
    }

    @Test
    void moreKeysThanATableIsWrittenForLeadToTheSuiteOfKeys() {
        StringWriter errors = new StringWriter();
        CommandLine command = BenchMain.commandLine().setErr(new PrintWriter(errors));

        assertThat(command.execute("sink", "--keys", "100000000")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("bench keys --keys 100000000");
    }
}
