package dev.cdcdelta.admin.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether and how long to wait for the effect of a command. */
final class WaitOptions {
    @Option(names = "--wait", description = "Wait until it has happened; a task that fails ends the wait with 1.")
    private boolean wait;

    @Option(
            names = "--timeout",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "How long --wait waits (120); then the command ends with 6.")
    private long timeoutSeconds;

    boolean isWanted() {
        return wait;
    }

    Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }
}
