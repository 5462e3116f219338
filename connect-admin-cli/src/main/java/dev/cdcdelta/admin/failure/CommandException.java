package dev.cdcdelta.admin.failure;

import org.jspecify.annotations.Nullable;

/** A run that ends here, told as problem, cause and remedy. Never carries a secret. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String reason;
    private final String remedy;

    /**
     * @param problem what did not work, with the name of the pipeline, table or address
     * @param reason what is known of why; empty if the problem says it all
     * @param remedy what the user can do
     */
    public CommandException(ExitCode exitCode, String problem, String reason, String remedy) {
        this(exitCode, problem, reason, remedy, null);
    }

    public CommandException(
            ExitCode exitCode, String problem, String reason, String remedy, @Nullable Throwable cause) {
        super(problem, cause);
        this.exitCode = exitCode;
        this.reason = reason;
        this.remedy = remedy;
    }

    public static CommandException usage(String problem, String remedy) {
        return new CommandException(ExitCode.USAGE, problem, "", remedy);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public String reason() {
        return reason;
    }

    public String remedy() {
        return remedy;
    }
}
