package dev.cdcdelta.bench.peers;

/** How many records a batch may have, from how long two batches took: a fixed part and one for each record. */
final class BatchFit {
    private static final double TOLERANCE = 0.15;

    private BatchFit() {}

    /** Whether a batch that was to take so long did. */
    static boolean isWithin(double wanted, double seconds) {
        return Math.abs(seconds - wanted) <= TOLERANCE * wanted;
    }

    /** What a batch is to have so that it takes longer or shorter in the same measure; at most four times as much or as little. */
    static long corrected(double wanted, long records, double seconds) {
        double factor = Math.max(0.25, Math.min(4, wanted / seconds));
        return Math.max(1, Math.round(records * factor));
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
