package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.table.TablePast;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which version of tables is read. */
final class PastOptions {
    @Option(names = "--version", paramLabel = "N", description = "The table as it was at this version.")
    private @Nullable Long version;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description = "The tables as they were then, such as 2026-11-24T12:00:00Z.")
    private @Nullable String time;

    TablePast past() {
        if (version != null && time != null) {
            throw CommandException.usage("--version and --as-of exclude each other.", "Give one of them.");
        }
        return new TablePast(version, time == null ? null : parsed(time));
    }

    private static Instant parsed(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw CommandException.usage("--as-of '" + text + "' is no time.", "Give it as in 2026-11-24T12:00:00Z.");
        }
    }
}
