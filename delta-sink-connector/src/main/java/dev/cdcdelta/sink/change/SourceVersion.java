package dev.cdcdelta.sink.change;

import java.util.Comparator;

/**
 * When the source made a change.
 *
 * @param timeMillis cluster time, milliseconds since the epoch
 * @param ordinal order within that cluster time; all changes of one MongoDB transaction may share it
 */
public record SourceVersion(long timeMillis, int ordinal) implements Comparable<SourceVersion> {
    /** The source says nothing of time: the change goes by its offset alone. */
    public static final SourceVersion UNKNOWN = new SourceVersion(Long.MIN_VALUE, 0);

    private static final Comparator<SourceVersion> ORDER =
            Comparator.comparingLong(SourceVersion::timeMillis).thenComparingInt(SourceVersion::ordinal);

    public boolean isKnown() {
        return !equals(UNKNOWN);
    }

    /** Whether a change of this version that arrives later may take the place of one of the version {@code earlier}. */
    public boolean supersedes(SourceVersion earlier) {
        return !isKnown() || !earlier.isKnown() || earlier.isSnapshotRead() || compareTo(earlier) >= 0;
    }

    /**
     * Debezium gives documents of a snapshot the time at which it read them and the ordinal -1. The stream then repeats what
     * happened since the snapshot began, with earlier times: those changes must not lose against the document they led to.
     */
    private boolean isSnapshotRead() {
        return ordinal < 0;
    }

    @Override
    public int compareTo(SourceVersion other) {
        return ORDER.compare(this, other);
    }
}
