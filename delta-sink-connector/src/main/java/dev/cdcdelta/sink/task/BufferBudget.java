package dev.cdcdelta.sink.task;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a task's buffers may hold, and what is to be done about it. Half of it fills while the other half is flushed.
 *
 * @param maxBytes estimated heap, of the batches that are being filled and of those that are being flushed, by whomever
 */
record BufferBudget(long maxBytes) {
    /**
     * What one table holds.
     *
     * @param busy whether a flush of it is not over yet, so that none can begin
     */
    record Load(String table, long filling, long flushing, boolean busy) {
        long bytes() {
            return filling + flushing;
        }
    }

    /** Whether so much is being filled that a table is to be flushed. */
    boolean wantsFlush(long filling) {
        return filling >= maxBytes / 2;
    }

    /** The fullest table that can be flushed and holds its share; smaller ones would only make small files. */
    Optional<String> toFlush(Collection<Load> loads) {
        long share = maxBytes / 2 / Math.max(1, loads.size());
        return loads.stream()
                .filter(load -> !load.busy() && load.filling() > 0 && load.filling() >= share)
                .max(Comparator.comparingLong(Load::filling))
                .map(Load::table);
    }

    /**
     * The tables whose partitions are to be paused: those that hold their share or more of a budget that is spent.
     *
     * @param abandoned what flushes hold that were left to themselves, and that no table is to blame for any more
     * @param paused whether some are paused; then it goes on until a quarter of the budget is free
     */
    Set<String> toPause(Collection<Load> loads, long abandoned, boolean paused) {
        long total = loads.stream().mapToLong(Load::bytes).sum();
        long limit = Math.max(0, (paused ? maxBytes - maxBytes / 4 : maxBytes) - abandoned);
        if (total < limit) {
            return Set.of();
        }
        long share = limit / Math.max(1, loads.size());
        return loads.stream()
                .filter(load -> load.bytes() >= share)
                .map(Load::table)
                .collect(Collectors.toUnmodifiableSet());
    }
}
