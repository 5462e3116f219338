package dev.cdcdelta.bench.lag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** When each document was written, and where in the topic its event is. For any number of threads. */
final class Writes {
    private static final int UNKNOWN = -1;

    private final long[] nanos;
    private final int[] partitions;
    private final long[] offsets;
    private int located;

    /** @param most documents, numbered from 0 */
    Writes(int most) {
        this.nanos = new long[most];
        this.partitions = new int[most];
        this.offsets = new long[most];
        Arrays.fill(partitions, UNKNOWN);
    }

    synchronized void written(int document, long at) {
        nanos[document] = at;
    }

    synchronized void located(int document, int partition, long offset) {
        if (partitions[document] == UNKNOWN) {
            located++;
        }
        partitions[document] = partition;
        offsets[document] = offset;
    }

    synchronized int located() {
        return located;
    }

    synchronized boolean areVisible(int count, VisibleOffsets visible) {
        for (int i = 0; i < count; i++) {
            if (partitions[i] == UNKNOWN || offsets[i] >= visible.next(partitions[i])) {
                return false;
            }
        }
        return true;
    }

    /** Of the documents from one number to another, in seconds, those left out that are not visible. */
    synchronized List<Double> lags(int from, int to, VisibleOffsets visible) {
        List<Double> lags = new ArrayList<>();
        for (int i = from; i < to; i++) {
            long at = partitions[i] == UNKNOWN ? 0 : visible.nanosOf(partitions[i], offsets[i]);
            if (at != 0) {
                lags.add((at - nanos[i]) / 1e9);
            }
        }
        return lags;
    }
}
