package dev.cdcdelta.sink.table.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * A deletion vector's bytes (PROTOCOL.md, Deletion Vector Format): the magic number, then 64-bit Roaring in its portable form, all
 * little endian: a count of buckets, and per bucket the upper half of its positions and a 32-bit bitmap of the lower.
 */
final class DeletionVectorFormat {
    private static final int MAGIC = 1681511377;

    private DeletionVectorFormat() {}

    static byte[] bytes(Roaring64Bitmap positions) {
        TreeMap<Integer, RoaringBitmap> buckets = new TreeMap<>();
        positions.forEach(position -> buckets.computeIfAbsent((int) (position >>> 32), high -> new RoaringBitmap())
                .add((int) position));
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
