package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.range.RangePlan;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run is to do.
 *
 * @param origin what has begun it
 * @param collections by name
 */
public record RunPlan(Origin origin, SortedMap<String, Part> collections) {
    public RunPlan {
        collections = Collections.unmodifiableSortedMap(new TreeMap<>(collections));
    }

    /**
     * Where a run comes from.
     *
     * @param run its name
     * @param asked the name that the settings asked for when it began
     * @param nextSignal the first offset of the signal topic that has not been looked at
     */
    public record Origin(String run, String asked, long nextSignal) {}

    /**
     * A collection.
     *
     * @param identity that MongoDB gave it; empty if it tells none
     */
    public record Part(String identity, RangePlan ranges) {}

    public String run() {
        return origin.run();
    }

    public int ranges() {
        return collections.values().stream()
                .mapToInt(part -> part.ranges().size())
                .sum();
    }
}
