package dev.cdcdelta.bench.command;

import dev.cdcdelta.stack.command.StackFailures;
import java.util.List;
import picocli.CommandLine;

/** The {@code bench} command. Exit codes: 0 done and clean, 1 failed or not clean, 2 wrong usage. */
@CommandLine.Command(
        name = "bench",
        description = {
            "Tortures the sink and measures it.",
            "Progress is told on standard error; the last line of standard output is one JSON object."
        },
        mixinStandardHelpOptions = true,
        version = "bench",
        synopsisSubcommandLabel = "SUITE",
        subcommands = {
            TortureCommand.class,
            GrowthCommand.class,
            SmtCommand.class,
            SinkCommand.class,
            LimitsCommand.class,
            RequestsCommand.class,
            PeersCommand.class,
            LagCommand.class,
            KeysCommand.class,
            PageCommand.class,
            AllCommand.class
        })
public final class BenchMain {
    /** Suites that have a name already. */
    private static final List<String> MISSING = List.of("soak");

    private BenchMain() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0 && MISSING.contains(arguments[0])) {
            System.err.println("The suite " + arguments[0] + " is not there yet. `bench --help` lists those that are.");
            System.exit(CommandLine.ExitCode.USAGE);
        }
        System.exit(commandLine().execute(arguments.length == 0 ? new String[] {"all"} : arguments));
    }

    static CommandLine commandLine() {
        return StackFailures.toldBy(new BenchMain()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}
