package dev.cdcdelta.admin.failure;

/** What a script learns from a run. The numbers are an interface: none changes its meaning. */
public enum ExitCode {
    OK(0, "Done; for a check: everything is as it should be."),
    CHECK_FAILED(1, "A check failed: a connector or task is not running, a plugin is missing, the lag is too large."),
    USAGE(2, "The command line, the context file or the SQL is wrong; nothing was done."),
    UNREACHABLE(3, "Connect, Kafka or the storage cannot be reached, or did not answer."),
    REFUSED(4, "The server answered, and refused: an invalid configuration, missing rights, an error of its own."),
    NOT_FOUND(5, "The context, connector, pipeline or table does not exist."),
    TIMED_OUT(6, "The time given with --timeout passed before the pipeline was running, or the lag was worked off."),
    INTERNAL(70, "A fault of this program; the message asks for a report.");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }
}
