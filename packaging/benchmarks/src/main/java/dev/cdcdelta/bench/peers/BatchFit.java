package dev.cdcdelta.bench.peers;

/** How many records a batch may have, from how long two batches took: a fixed part and one for each record. */
final class BatchFit {
    private BatchFit() {}

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
