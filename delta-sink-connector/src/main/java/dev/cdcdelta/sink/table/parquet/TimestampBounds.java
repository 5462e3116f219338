package dev.cdcdelta.sink.table.parquet;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Timestamps of the log are cut down to milliseconds, and readers know it. */
final class TimestampBounds {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private TimestampBounds() {}

    /** Empty for years that do not have four digits. */
    static Optional<String> text(long microseconds) {
        Instant instant = Instant.ofEpochMilli(Math.floorDiv(microseconds, 1000L));
        int year = instant.atZone(ZoneOffset.UTC).getYear();
        return year < 1 || year > 9999 ? Optional.empty() : Optional.of(FORMAT.format(instant));
    }
}
