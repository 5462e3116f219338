package dev.cdcdelta.reconcile.record;

import java.util.HashMap;
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
        return place(collection, Integer.toString(range));
    }

    public static Map<String, String> ofReport(String collection) {
        return place(collection, REPORT);
    }

    /** The partition of repairs, which nobody reads either. */
    public static Map<String, String> ofRepairs(String collection) {
        return place(collection, "repairs");
    }

    /**
     * Kafka Connect finds offsets by the bytes of the partition's JSON, so its fields must come in the same order in every process, and
     * in that of the HashMap which the REST API makes of it.
     */
    private static Map<String, String> place(String collection, String range) {
        Map<String, String> place = new HashMap<>();
        place.put("collection", collection);
        place.put("range", range);
        return place;
    }

    /** The partition of what comes before a range is done; nobody reads it. */
    static Map<String, String> ofFindings(String collection) {
        return place(collection, "findings");
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
    public static Optional<RangeResult> resultOf(String run, @Nullable Map<String, Object> offset) {
        return offset != null && run.equals(offset.get(RUN)) ? Optional.of(RangeResult.of(offset)) : Optional.empty();
    }
}
