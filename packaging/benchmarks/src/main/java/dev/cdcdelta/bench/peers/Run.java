package dev.cdcdelta.bench.peers;

import dev.cdcdelta.bench.load.Meter;

/**
 * One measurement.
 *
 * @param records of the topic that were measured; a delete is two
 * @param rows that the table has at its end
 * @param expected that it should have
 * @param batchSeconds of Spark's batches, on average, to be held against the interval; 0 for connectors
 */
public record Run(
        Contender contender, long records, Meter.Reading reading, long rows, long expected, double batchSeconds) {
    public double recordsPerSecond() {
        return records / reading.seconds();
    }

    /** Of the contender's own process. */
    public double cpuPerMillion() {
        return reading.processorSeconds() * 1e6 / records;
    }

    public boolean isComplete() {
        return rows == expected;
    }
}
