package dev.cdcdelta.sink.table.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * The wanted rows of a row group as runs of neighbours, dressed as the pages of an imaginary column: that is how Parquet can be told
 * which rows to read.
 */
final class PositionRuns implements OffsetIndex {
    private final List<long[]> runs = new ArrayList<>();

    private PositionRuns() {}

    static PositionRuns within(Roaring64Bitmap positions, long first, long rows) {
        PositionRuns found = new PositionRuns();
        LongIterator wanted = positions.getLongIteratorFrom(first);
        while (wanted.hasNext()) {
            long row = wanted.next() - first;
            if (row >= rows) {
                break;
            }
            found.add(row);
        }
        return found;
    }

    private void add(long row) {
        if (!runs.isEmpty() && runs.get(runs.size() - 1)[1] == row - 1) {
            runs.get(runs.size() - 1)[1] = row;
        } else {
            runs.add(new long[] {row, row});
        }
    }

    PrimitiveIterator.OfInt indexes() {
        return IntStream.range(0, runs.size()).iterator();
    }

    /** The rows again, counted from the start of the file. */
    PrimitiveIterator.OfLong positions(long first) {
        return runs.stream()
                .flatMapToLong(run -> LongStream.rangeClosed(first + run[0], first + run[1]))
                .iterator();
    }

    @Override
    public int getPageCount() {
        return runs.size();
    }

    @Override
    public long getFirstRowIndex(int run) {
        return runs.get(run)[0];
    }

    @Override
    public long getLastRowIndex(int run, long rows) {
        return runs.get(run)[1];
    }

    @Override
    public long getOffset(int run) {
        throw new UnsupportedOperationException("a run of rows lies nowhere");
    }

    @Override
    public int getCompressedPageSize(int run) {
        throw new UnsupportedOperationException("a run of rows lies nowhere");
    }
}
