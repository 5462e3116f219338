package dev.cdcdelta.bench.lag;

/**
 * One measurement.
 *
 * @param rate of writes, a second
 * @param intervalMillis between commits
 */
public record LagCase(int rate, int intervalMillis) {
    public LagCase {
        if (rate < 1 || intervalMillis < 1) {
            throw new IllegalArgumentException("A rate and an interval are one at least");
        }
    }

    /** Of its collection. */
    String collection() {
        return "orders_" + rate + "_" + intervalMillis;
    }

    /**
     * What was measured.
     *
     * @param throughMongodb whether documents went through the MongoDB stand-in and Debezium, or events to the topic
     * @param written documents a second
     * @param lag in seconds
     * @param documents that were measured
     * @param missing of those, how many were not visible a minute after the end
     */
    public record Outcome(
            LagCase of, boolean throughMongodb, double written, Percentiles lag, int documents, int missing) {}
}
