package dev.cdcdelta.reconcile.config;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Points in time by a line of cron.
 *
 * @param line empty: none
 */
public record CronSchedule(String line, ZoneId zone) {
    /** @throws IllegalArgumentException if it is no line of cron */
    static CronSchedule parse(String line, ZoneId zone) {
        if (!line.isBlank()) {
            cron(line);
        }
        return new CronSchedule(line.strip(), zone);
    }

    private static Cron cron(String line) {
        return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                .parse(line)
                .validate();
    }

    /** The first point after {@code time}. */
    public Optional<Instant> after(Instant time) {
        return line.isEmpty()
                ? Optional.empty()
                : ExecutionTime.forCron(cron(line))
                        .nextExecution(time.atZone(zone))
                        .map(ZonedDateTime::toInstant);
    }
}
