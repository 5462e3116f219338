package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.store.Entry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Remembers deletes for some time by the wall clock; one that jumps forgets them earlier or later, and does no other harm. */
record Tombstones(Clock clock, Duration retention) {
    Entry of(SourceVersion version) {
        return of(version.timeMillis(), version.ordinal(), clock.instant());
    }

    /** A delete that was committed before. */
    static Entry of(long timeMillis, int ordinal, Instant committed) {
        long seconds = Math.max(0, Math.min(Entry.MAX_POSITION, committed.getEpochSecond()));
        return new Entry(Entry.DELETED, seconds, timeMillis, ordinal);
    }

    boolean isRemembered(Entry entry) {
        return entry.isTombstone() && clock.instant().getEpochSecond() - entry.position() <= retention.toSeconds();
    }
}
