package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.barrier.Barrier;
import dev.cdcdelta.reconcile.finding.FindingClass;
import dev.cdcdelta.reconcile.record.RangeResult;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What a task has done since it was started, for metrics; read by other threads. */
public final class RunCounters {
    private final AtomicLong rangesTotal = new AtomicLong();
    private final AtomicLong rangesDone = new AtomicLong();
    private final AtomicLong documents = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong repaired = new AtomicLong();
    private final AtomicLong verifiedThrough = new AtomicLong(-1);
    private final AtomicLong badVerdicts = new AtomicLong();

    /** Since when the task waits at a barrier, milliseconds since the epoch; 0 while it does not. */
    private final AtomicLong barrierSince = new AtomicLong();

    private final Map<FindingClass, AtomicLong> findings = new EnumMap<>(FindingClass.class);

    public RunCounters() {
        for (FindingClass kind : FindingClass.values()) {
            findings.put(kind, new AtomicLong());
        }
    }

    /** Counts the time at barriers. */
    Barrier.Watch barrier() {
        return new Barrier.Watch() {
            @Override
            public void begins(Instant now) {
                barrierSince.set(now.toEpochMilli());
            }

            @Override
            public void ends() {
                barrierSince.set(0);
            }
        };
    }

    private long barrierSeconds() {
        long since = barrierSince.get();
        return since == 0 ? 0 : Math.max(0, System.currentTimeMillis() - since) / 1_000;
    }

    void toDo(long ranges) {
        rangesTotal.addAndGet(ranges);
    }

    void read(int bytesOfDocument) {
        documents.incrementAndGet();
        bytes.addAndGet(bytesOfDocument);
    }

    void done(RangeResult result) {
        rangesDone.incrementAndGet();
        repaired.addAndGet(result.repaired());
        findings.forEach((kind, count) -> count.addAndGet(result.findingsOf(kind)));
    }

    /** A collection is done with. The table that is verified up to the oldest time counts. */
    void ended(RangeResult collection) {
        if (collection.verifiedThrough().isEmpty()) {
            badVerdicts.incrementAndGet();
        } else {
            long time = collection.verifiedThrough().getAsLong();
            verifiedThrough.accumulateAndGet(time, (old, now) -> old < 0 ? now : Math.min(old, now));
        }
    }

    /** A metric. */
    public record Metric(String name, String description, Map<String, String> tags, LongSupplier value) {}

    /** All of them. */
    public Iterable<Metric> metrics() {
        Map<String, Metric> all = new LinkedHashMap<>();
        add(all, "ranges-total", "Ranges that the task has to do in this run", Map.of(), rangesTotal);
        add(all, "ranges-done", "Ranges that the task has done", Map.of(), rangesDone);
        add(all, "documents-read-total", "Documents read from MongoDB for digests", Map.of(), documents);
        add(all, "bytes-read-total", "Bytes of BSON of these documents", Map.of(), bytes);
        add(all, "repaired-total", "Findings whose repair was seen in the table", Map.of(), repaired);
        add(
                all,
                "verified-through-time-ms",
                "Up to when the tables of this run are right, of those that have ended well; -1 before",
                Map.of(),
                verifiedThrough);
        add(
                all,
                "unverified-collections-total",
                "Collections of this run that have not ended well",
                Map.of(),
                badVerdicts);
        all.put(
                "barrier-waiting-seconds",
                new Metric(
                        "barrier-waiting-seconds",
                        "How long the task has waited until the table holds what the collection held when it came to the barrier;"
                                + " 0 while it does not wait",
                        Map.of(),
                        this::barrierSeconds));
        findings.forEach((kind, count) ->
                add(all, "findings-total", "Documents that are wrong, by class", Map.of("class", kind.word()), count));
        return all.values();
    }

    private static void add(
            Map<String, Metric> all, String name, String description, Map<String, String> tags, AtomicLong value) {
        all.put(name + tags, new Metric(name, description, tags, value::get));
    }
}
