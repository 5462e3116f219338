package dev.cdcdelta.bench.peers;

/** How many records a batch may have, from how long two batches took: a fixed part and one for each record. */
final class BatchFit {
    private static final double TOLERANCE = 0.15;

    private BatchFit() {}

    /** Whether a batch took as long as it may, or longer. */
    static boolean fills(double wanted, double seconds) {
        return seconds >= (1 - TOLERANCE) * wanted;
    }

    /** What a batch that took less is to have, if time grows with records; at most four times as much. */
    static long grown(double wanted, long records, double seconds) {
        return Math.round(records * Math.max(1, Math.min(4, wanted / seconds)));
    }

    /**
     * @param seconds that a batch may take
     * @return no fewer than the small batch has; where the larger batch took no longer, as many as it managed in that time
     */
    static long recordsFor(
            double seconds, long smallRecords, double smallSeconds, long largeRecords, double largeSeconds) {
        double perRecord = (largeSeconds - smallSeconds) / (largeRecords - smallRecords);
        if (perRecord <= 0) {
            return Math.max(smallRecords, Math.round(largeRecords * seconds / largeSeconds));
        }
        double fixed = Math.max(0, smallSeconds - perRecord * smallRecords);
        return Math.max(smallRecords, Math.round((seconds - fixed) / perRecord));
    }
}
