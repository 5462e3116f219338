package dev.cdcdelta.admin.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A source whose place in the stream is older than the oplog cannot go on: it needs a new snapshot. */
public final class OplogWindowCheck implements Check {
    /** A weekend's outage should not cost a snapshot; less than a day hardly outlives a night. */
    private static final Duration SHORT = Duration.ofHours(24);

    private final MongoSide mongo;
    private final Supplier<Optional<Instant>> position;

    /** @param position the time of the source connector's place in the change stream; empty if it has none yet */
    public OplogWindowCheck(MongoSide mongo, Supplier<Optional<Instant>> position) {
        this.mongo = mongo;
        this.position = position;
    }

    @Override
    public String name() {
        return "oplog window";
    }

    @Override
    public List<Diagnosis> run() {
        Optional<MongoSide.OplogWindow> told = mongo.oplog();
        if (told.isEmpty()) {
            return List.of(Diagnosis.skipped(
                    name(),
                    "The oplog cannot be read: a router has none, and others need a right to it.",
                    "Grant this program's user the role 'clusterMonitor', and 'read' on the database local."));
        }
        MongoSide.OplogWindow window = told.get();
        Duration length = Duration.between(window.oldest(), window.newest());
        Optional<Instant> place = position.get();
        if (place.isPresent() && place.get().isBefore(window.oldest())) {
            return List.of(Diagnosis.failed(
                    name(),
                    "The source stands at " + place.get() + ", and the oplog begins at " + window.oldest() + " only.",
                    "The changes in between are gone from MongoDB, so the source cannot go on.",
                    "Take a new snapshot (snapshot.mode=when_needed, or 'offsets reset' of the source), then run reconciliation;"
                            + " make the oplog larger (replSetResizeOplog)."));
        }
        Duration left = Duration.between(window.oldest(), place.orElse(window.newest()));
        Duration lag = length.minus(left);
        if (place.isPresent() && left.compareTo(lag) < 0) {
            return List.of(Diagnosis.warning(
                    name(),
                    "The source is " + text(lag) + " behind and has " + text(left) + " of oplog left.",
                    "Changes that leave the oplog before they are read are lost to the pipeline.",
                    "Find out why the source is slow or stopped, and make the oplog larger (replSetResizeOplog) at once."));
        }
        return List.of(
                length.compareTo(SHORT) < 0
                        ? Diagnosis.warning(
                                name(),
                                "The oplog holds " + text(length) + " of changes.",
                                "A pipeline that stands still for longer needs a new snapshot. A young server has a short one too.",
                                "Make it larger, or keep a minimum of hours: replSetResizeOplog with minRetentionHours.")
                        : Diagnosis.ok(
                                name(), "The oplog holds " + text(length) + "; the source is " + text(lag) + " behind."));
    }

    static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
