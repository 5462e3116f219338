package dev.cdcdelta.sink.table.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * The dead positions of a file in the form that a deletion vector has (PROTOCOL.md, Deletion Vector Format), so that adding to them and
 * storing them costs what is added, not what is dead already: a 32-bit bitmap of the lower halves for each upper half.
 */
final class DeadRows {
    private static final int MAGIC = 1681511377;

    /** Of the objects around the bits of one file. */
    private static final long OBJECT_BYTES = 300;

    private final TreeMap<Integer, RoaringBitmap> buckets = new TreeMap<>();

    static DeadRows of(long[] positions) {
        DeadRows rows = new DeadRows();
        for (long position : positions) {
            rows.add(position);
        }
        return rows;
    }

    /** All rows of a file that has so many. */
    static DeadRows first(long count) {
        DeadRows rows = new DeadRows();
        for (long from = 0; from < count; from += 1L << 32) {
            RoaringBitmap bucket = new RoaringBitmap();
            bucket.add(0L, Math.min(1L << 32, count - from));
            rows.buckets.put((int) (from >>> 32), bucket);
        }
        return rows;
    }

    void addAll(Roaring64Bitmap positions) {
        positions.forEach(this::add);
    }

    private void add(long position) {
        buckets.computeIfAbsent((int) (position >>> 32), high -> new RoaringBitmap())
                .add((int) position);
    }

    long count() {
        return buckets.values().stream()
                .mapToLong(RoaringBitmap::getLongCardinality)
                .sum();
    }

    /** The greatest position; there has to be one. */
    long last() {
        Map.Entry<Integer, RoaringBitmap> bucket = buckets.lastEntry();
        return (long) bucket.getKey() << 32
                | Integer.toUnsignedLong(bucket.getValue().last());
    }

    long sizeInMemory() {
        return OBJECT_BYTES
                + buckets.values().stream()
                        .mapToLong(RoaringBitmap::getLongSizeInBytes)
                        .sum();
    }

    /** The magic number, a count of buckets, and each bucket's upper half and bitmap, all little endian. */
    byte[] bytes() {
        int size = 4 + 8;
        for (RoaringBitmap bucket : buckets.values()) {
            bucket.runOptimize();
            size += 4 + bucket.serializedSizeInBytes();
        }
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(MAGIC).putLong(buckets.size());
        for (Map.Entry<Integer, RoaringBitmap> bucket : buckets.entrySet()) {
            buffer.putInt(bucket.getKey());
            bucket.getValue().serialize(buffer);
        }
        return buffer.array();
    }
}
