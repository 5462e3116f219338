package dev.cdcdelta.bench.workload;

/**
 * What a table of a workload has to hold: of each document the newest event. An older event that comes later changes
 * nothing, and one that comes again changes nothing either.
 */
public final class ExpectedState {
    /** The sequence of the newest event by key, negative for a delete; 0 where there has been none. */
    private final long[] newest;

    private long live;

    public ExpectedState(int keys) {
        newest = new long[keys];
    }

    public void apply(Event event) {
        long before = newest[event.key()];
        if (event.sequence() < Math.abs(before)) {
            return;
        }
        newest[event.key()] = event.isDelete() ? -event.sequence() : event.sequence();
        live += (event.isDelete() ? 0 : 1) - (before > 0 ? 1 : 0);
    }

    /** How many documents there are. */
    public long live() {
        return live;
    }

    public int keys() {
        return newest.length;
    }

    public boolean isLive(int key) {
        return key < newest.length && newest[key] > 0;
    }

    public boolean isUnknown(int key) {
        return newest[key] == 0;
    }

    /** Of the newest event, a delete or not; 0 if there has been none. */
    public long sequence(int key) {
        return Math.abs(newest[key]);
    }
}
