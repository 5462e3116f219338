package dev.cdcdelta.reconcile.record;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What source offsets say: one partition for each range of a collection, and one for its report. The next run writes over them. */
public final class Places {
    private static final String RUN = "run";
    private static final String REPORT = "report";

    private Places() {}

    public static Map<String, String> ofRange(String collection, int range) {
        return Map.of("collection", collection, "range", Integer.toString(range));
    }

    public static Map<String, String> ofReport(String collection) {
        return Map.of("collection", collection, "range", REPORT);
    }

    /** The partition of what comes before a range is done; nobody reads it. */
    static Map<String, String> ofFindings(String collection) {
        return Map.of("collection", collection, "range", "findings");
    }

    static Map<String, Object> done(String run, RangeResult result) {
        Map<String, Object> offset = new LinkedHashMap<>(result.fields());
        offset.put(RUN, run);
        return offset;
    }

    /**
     * What a partition's offset says of a run.
     *
     * @param offset null if there is none
     * @return empty if the run has not come by there
     */
    public static Optional<RangeResult> resultOf(
            String run, @Nullable Map<String, Object> offset) {
        return offset != null && run.equals(offset.get(RUN)) ? Optional.of(RangeResult.of(offset)) : Optional.empty();
    }
}
