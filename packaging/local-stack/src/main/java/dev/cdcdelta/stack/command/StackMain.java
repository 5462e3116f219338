package dev.cdcdelta.stack.command;

import picocli.CommandLine;

/** The {@code stack} command. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 (status) not running. */
@CommandLine.Command(
        name = "stack",
        description = "Broker, Connect worker, MongoDB and S3 server on this machine.",
        mixinStandardHelpOptions = true,
        version = "local stack",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            StatusCommand.class,
            RestartWorkerCommand.class,
            KillWorkerCommand.class,
            DownCommand.class
        })
public final class StackMain {
    private StackMain() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return StackFailures.toldBy(new StackMain());
    }
}
