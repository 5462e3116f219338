package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.table.DataFile;
import java.util.Arrays;
import java.util.OptionalLong;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * The rows that a compaction took from one file.
 *
 * @param source the file as it was read
 * @param positions of the rows in the source, ascending
 * @param first the ordinal of the first of them among all rows of the compaction; the others follow without a gap
 */
// The array is handed over, never shared: a compaction has one entry for each row.
@SuppressWarnings("ArrayRecordComponent")
record MovedRows(DataFile source, long[] positions, long first) {
    /** The ordinal of a row of the source; empty if it was dead when the file was read. */
    OptionalLong ordinalOf(long position) {
        int found = Arrays.binarySearch(positions, position);
        return found < 0 ? OptionalLong.empty() : OptionalLong.of(first + found);
    }

    boolean holds(long ordinal) {
        return ordinal >= first && ordinal < first + positions.length;
    }

    long positionOf(long ordinal) {
        return positions[Math.toIntExact(ordinal - first)];
    }

    /** The ordinals of rows that have died since. */
    Roaring64Bitmap killedBy(Roaring64Bitmap dead) {
        Roaring64Bitmap killed = new Roaring64Bitmap();
        dead.forEach((long position) -> ordinalOf(position).ifPresent(killed::addLong));
        return killed;
    }

    /** Whether all rows that were dead when the file was read are dead in this vector. */
    boolean stillCovers(Roaring64Bitmap dead, Roaring64Bitmap killed) {
        return dead.getLongCardinality() - killed.getLongCardinality() == source.rowCount() - positions.length;
    }
}
