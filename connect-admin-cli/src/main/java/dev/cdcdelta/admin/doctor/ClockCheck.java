package dev.cdcdelta.admin.doctor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Clocks agree: lags are told by comparing them, tokens and requests to S3 expire by them. */
public final class ClockCheck implements Check {
    /** HTTP tells whole seconds, and the answer takes its time. */
    private static final Duration UNREMARKABLE = Duration.ofSeconds(5);

    /** S3 refuses requests that are signed a quarter of an hour off; tokens have less patience. */
    private static final Duration HARMFUL = Duration.ofMinutes(1);

    private final String server;
    private final Supplier<Optional<Instant>> time;
    private final Clock own;

    /** @param time what the server's clock shows; empty if it does not tell */
    public ClockCheck(String server, Supplier<Optional<Instant>> time, Clock own) {
        this.server = server;
        this.time = time;
        this.own = own;
    }

    @Override
    public String name() {
        return "clock of " + server;
    }

    @Override
    public List<Diagnosis> run() {
        Instant before = own.instant();
        Optional<Instant> theirs = time.get();
        if (theirs.isEmpty()) {
            return List.of(Diagnosis.skipped(name(), "The server does not tell its time.", ""));
        }
        Duration skew = skew(before, own.instant(), theirs.get());
        if (skew.compareTo(UNREMARKABLE) <= 0) {
            return List.of(Diagnosis.ok(name(), "No more than " + skew.toSeconds() + " s from this machine's."));
        }
        String problem = "The clock of " + server + " is " + OplogWindowCheck.text(skew) + " from this machine's.";
        String remedy = "Have both machines follow a time server (chrony, ntpd).";
        return List.of(
                skew.compareTo(HARMFUL) > 0
                        ? Diagnosis.failed(
                                name(),
                                problem,
                                "Tokens and requests to S3 are refused by clocks this far apart, and lags are told wrong.",
                                remedy)
                        : Diagnosis.warning(name(), problem, "Lags in seconds are wrong by as much.", remedy));
    }

    /** How far the server's time lies outside of the time that the question took. */
    private static Duration skew(Instant before, Instant after, Instant theirs) {
        if (theirs.isBefore(before)) {
            return Duration.between(theirs, before);
        }
        return theirs.isAfter(after) ? Duration.between(after, theirs) : Duration.ZERO;
    }
}
