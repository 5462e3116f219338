package dev.cdcdelta.admin;

import dev.cdcdelta.admin.command.CommandTree;
import dev.cdcdelta.admin.command.ConnectAdmin;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.failure.FailureReport;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;

/** The program: parses the command line, runs one verb, ends with its exit code. */
public final class ConnectAdminCli {
    private ConnectAdminCli() {}

    public static void main(String[] arguments) {
        // UTF-8 whatever the locale says: what is piped on has to be lossless.
        CommandLine commandLine = commandLine(System.getenv(), arguments)
                .setOut(writer(FileDescriptor.out))
                .setErr(writer(FileDescriptor.err));
        System.exit(commandLine.execute(arguments));
    }

    /**
     * The program, ready to be given arguments.
     *
     * @param environment the environment variables that the commands see
     * @param arguments what it will be run with; without any it knows all commands
     */
    public static CommandLine commandLine(Map<String, String> environment, String... arguments) {
        var failures = new FailureReport(environment.containsKey(FailureReport.DEBUG_VARIABLE));
        CommandLine root = new CommandLine(new ConnectAdmin(environment));
        CommandTree.add(root, arguments);
        return root.setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(exception -> ExitCode.INTERNAL.number())
                .setUsageHelpWidth(100);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
