package dev.cdcdelta.admin.rest;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The wait between two questions to a server. */
public final class Pause {
    private Pause() {}

    public static void of(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static CommandException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CommandException(
                ExitCode.TIMED_OUT, "Interrupted while waiting for the server.", "", "Run the command again.", e);
    }
}
