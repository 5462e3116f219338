package dev.cdcdelta.sink.mapping;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes that are put one after the other, little endian, and hashed as a whole: hashing each part as it comes is several times as slow, most parts
 * being a few bytes.
 */
final class CanonicalBytes {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FIRST = 4_096;

    /** What a document of usual size needs stays from row to row; what a huge one needed does not. */
    private static final int KEPT = 1 << 20;

    private byte[] bytes = new byte[FIRST];
    private int length;

    void clear() {
        length = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[FIRST];
        }
    }

    void putByte(byte value) {
        reserve(1);
        bytes[length++] = value;
    }

    void putInt(int value) {
        reserve(Integer.BYTES);
        INTS.set(bytes, length, value);
        length += Integer.BYTES;
    }

    void putLong(long value) {
        reserve(Long.BYTES);
        LONGS.set(bytes, length, value);
        length += Long.BYTES;
    }

    void putBytes(byte[] values) {
        reserve(values.length);
        System.arraycopy(values, 0, bytes, length, values.length);
        length += values.length;
    }

    void putBytes(byte[] source, int from, int count) {
        reserve(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** Not a copy: valid until something is put. */
    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.multiplyExact(bytes.length, 2), Math.addExact(length, more)));
        }
    }
}
