package dev.cdcdelta.admin.failure;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The one place where a failure becomes text on standard error and an exit code. */
public final class FailureReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
    /** Set to any value, it adds the stack trace to a failure. */
    public static final String DEBUG_VARIABLE = "CONNECT_ADMIN_DEBUG";

    private final boolean stackTraces;

    public FailureReport(boolean stackTraces) {
        this.stackTraces = stackTraces;
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed) {
        return report(translate(exception), command);
    }

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        return report(
                CommandException.usage(
                        String.valueOf(exception.getMessage()),
                        "See '" + command.getCommandSpec().qualifiedName() + " --help'."),
                command);
    }

    /** A failure that does not end the program. */
    public void tell(Exception exception, CommandLine command) {
        report(translate(exception), command);
    }

    private int report(CommandException failure, CommandLine command) {
        var lines = new StringBuilder();
        line(lines, "problem", String.valueOf(failure.getMessage()));
        line(lines, "cause", failure.reason());
        line(lines, "remedy", failure.remedy());
        command.getErr()
                .print(command.getColorScheme().errorText(lines.toString().stripTrailing()));
        command.getErr().println();
        if (stackTraces) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return failure.exitCode().number();
    }

    private static void line(StringBuilder lines, String label, String text) {
        if (!text.isBlank()) {
            lines.append(String.format("%-9s", label + ":"))
                    .append(UrlPasswords.hide(text.strip()).replace("\n", "\n         "))
                    .append('\n');
        }
    }

    /** The sink's table layer throws Connect's exceptions, and Delta Kernel below it wraps those of the storage in its own. */
    private static CommandException translate(Exception exception) {
        if (exception instanceof CommandException failure) {
            return failure;
        }
        if (exception instanceof ConfigException || exception instanceof IllegalArgumentException) {
            return new CommandException(
                    ExitCode.USAGE, message(exception), "", "Correct the value and run the command again.", exception);
        }
        if (exception instanceof ConnectException || chain(exception).anyMatch(IOException.class::isInstance)) {
            return new CommandException(
                    ExitCode.UNREACHABLE,
                    message(exception),
                    rootCause(exception),
                    "Check the warehouse, its endpoint and its keys in the context (--context, --warehouse, --s3-endpoint).",
                    exception);
        }
        return new CommandException(
                ExitCode.INTERNAL,
                "Unexpected " + exception.getClass().getSimpleName() + ".",
                message(exception),
                "Set " + DEBUG_VARIABLE + "=1 for the stack trace and report it.",
                exception);
    }

    private static String message(Throwable exception) {
        String message = exception.getMessage();
        return message == null ? exception.getClass().getName() : message;
    }

    private static String rootCause(Throwable exception) {
        Throwable root = chain(exception).reduce((outer, inner) -> inner).orElse(exception);
        return root == exception ? "" : root.getClass().getSimpleName() + ": " + message(root);
    }

    private static Stream<Throwable> chain(Throwable exception) {
        return Stream.iterate(exception, Objects::nonNull, Throwable::getCause);
    }
}
