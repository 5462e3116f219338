package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.range.RangePlan;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run is to do.
 *
 * @param run its name
 * @param collections by name
 */
public record RunPlan(String run, SortedMap<String, RangePlan> collections) {
    public RunPlan {
        collections = Collections.unmodifiableSortedMap(new TreeMap<>(collections));
    }

    public int ranges() {
        return collections.values().stream().mapToInt(RangePlan::size).sum();
    }
}
