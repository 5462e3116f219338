package dev.cdcdelta.sink.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as Delta's table properties give them: {@code interval 7 days}, without months and years. */
final class DeltaInterval {
    private static final Pattern FORM = Pattern.compile("(?:interval\\s+)?((?:\\d{1,15}\\s+[a-z]+\\s*)+)");
    private static final Pattern PART = Pattern.compile("(\\d+)\\s+([a-z]+?)s?\\b");

    private DeltaInterval() {}

    static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        Matcher parts = PART.matcher(form.group(1));
        while (parts.find()) {
            Optional<Duration> unit = unit(parts.group(2));
            if (unit.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.plus(unit.get().multipliedBy(Long.parseLong(parts.group(1))));
        }
        return Optional.of(sum);
    }

    private static Optional<Duration> unit(String name) {
        return switch (name) {
            case "week" -> Optional.of(Duration.ofDays(7));
            case "day" -> Optional.of(Duration.ofDays(1));
            case "hour" -> Optional.of(Duration.ofHours(1));
            case "minute" -> Optional.of(Duration.ofMinutes(1));
            case "second" -> Optional.of(Duration.ofSeconds(1));
            case "millisecond" -> Optional.of(Duration.ofMillis(1));
            default -> Optional.empty();
        };
    }
}
