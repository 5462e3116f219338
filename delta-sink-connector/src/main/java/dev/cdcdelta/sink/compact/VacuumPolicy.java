package dev.cdcdelta.sink.compact;

import java.time.Duration;

/**
 * Whether files that no reader needs any more are deleted.
 *
 * @param retention since they left the table
 */
public record VacuumPolicy(boolean enabled, Duration retention) {}
