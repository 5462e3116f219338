package dev.cdcdelta.sink.task;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** What a task has done since it started. Counted by several threads, to be read by any. */
public final class SinkCounters {
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong conflicts = new AtomicLong();
    private final AtomicLong rewinds = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong pauses = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final Map<Refusal, AtomicLong> deadLetters = new EnumMap<>(Refusal.class);

    SinkCounters() {
        for (Refusal reason : Refusal.values()) {
            deadLetters.put(reason, new AtomicLong());
        }
    }

    void committed(long committedRows, long committedBytes) {
        commits.incrementAndGet();
        rows.addAndGet(committedRows);
        bytes.addAndGet(committedBytes);
    }

    void lostRace() {
        conflicts.incrementAndGet();
    }

    void rewound() {
        rewinds.incrementAndGet();
    }

    void retried() {
        retries.incrementAndGet();
    }

    void paused(int partitions) {
        pauses.addAndGet(partitions);
    }

    void polled(int polledRecords) {
        records.addAndGet(polledRecords);
    }

    void refused(Refusal reason) {
        Objects.requireNonNull(deadLetters.get(reason)).incrementAndGet();
    }

    /** Records that Kafka brought. */
    public long records() {
        return records.get();
    }

    /** Records that could not be written. */
    long deadLetters(Refusal reason) {
        return Objects.requireNonNull(deadLetters.get(reason)).get();
    }

    /** Flushes that are durable. */
    public long commits() {
        return commits.get();
    }

    /** Races for a table's next version that were lost. */
    public long conflicts() {
        return conflicts.get();
    }

    /** Flushes that were given up, so that their records were read again. */
    public long rewinds() {
        return rewinds.get();
    }

    /** Flushes that were tried again because the storage had failed them. */
    public long retries() {
        return retries.get();
    }

    /** Buffered changes that became durable. */
    public long rows() {
        return rows.get();
    }

    /** Estimated heap of those changes. */
    public long bytes() {
        return bytes.get();
    }

    /** How often a partition was paused. */
    public long pauses() {
        return pauses.get();
    }
}
