package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.deadletter.DeadLetter;
import dev.cdcdelta.admin.deadletter.LetterFilter;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.pipeline.Pipeline;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which letters are meant. */
final class DlqOptions {
    @Option(names = "--from-topic", paramLabel = "TOPIC", description = "Only letters that came from this topic.")
    private @Nullable String origin;

    @Option(
            names = "--reason",
            paramLabel = "REGEX",
            description = "Only letters in whose reason, or its class, the expression is found.")
    private @Nullable String reason;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only letters put into the queue then or later, such as 2026-11-24T12:00:00Z.")
    private @Nullable String since;

    LetterFilter filter(Optional<String> connector, Optional<DeadLetter.Place> place) {
        return new LetterFilter(
                connector,
                Optional.ofNullable(origin),
                Optional.ofNullable(reason).map(DlqOptions::pattern),
                place,
                Optional.ofNullable(since).map(DlqOptions::time));
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw CommandException.usage("--reason '" + text + "' is no regular expression.", "Quote what has a meaning in one.");
        }
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw CommandException.usage("--since '" + text + "' is no time.", "Give it as in 2026-11-24T12:00:00Z.");
        }
    }

    static DeadLetter.Place place(String text) {
        if (!text.matches("\\d{1,9}:\\d{1,18}")) {
            throw CommandException.usage(
                    "'" + text + "' is no place in the queue.", "Give it as 'dlq list' does: partition:offset, such as 0:42.");
        }
        String[] parts = text.split(":", -1);
        return new DeadLetter.Place(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
    }

    /** The dead letter queue of a pipeline's sink. */
    static String queue(Pipeline pipeline) {
        String topic = pipeline.sink() == null
                ? ""
                : pipeline.sink().config().getOrDefault("errors.deadletterqueue.topic.name", "");
        if (topic.isEmpty()) {
            throw new CommandException(
                    ExitCode.NOT_FOUND,
                    "Pipeline " + pipeline.name() + " has no dead letter queue.",
                    "A document that cannot be written stops its task.",
                    "Create the pipeline with --dlq, or set errors.deadletterqueue.topic.name in its sink.");
        }
        return topic;
    }
}
