package dev.cdcdelta.sink.mapping;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonSerializationException;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * The bytes of {@link CanonicalForm} straight from those of BSON (<a href="https://bsonspec.org/spec.html">specification</a>), the same
 * that {@link CanonicalValue} makes of the decoded document. Not for several threads.
 */
final class CanonicalBson {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NO_ASCII = 0x8080808080808080L;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int OBJECT_ID = 12;
    private static final int OLD_BINARY = 2;
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final BsonFields fields = new BsonFields();
    private final byte[] hexadecimal = new byte[2 * OBJECT_ID];

    /** @param start of the document */
    void write(byte[] bson, int start, CanonicalBytes sink) {
        writeDocument(bson, start, sink);
    }

    private void writeDocument(byte[] bson, int start, CanonicalBytes sink) {
        sink.putByte((byte) 'o');
        int base = fields.open();
        for (int at = start + Integer.BYTES; bson[at] != 0; ) {
            int value = BsonSizes.behindName(bson, at + 1);
            fields.add(at, value);
            at = value + BsonSizes.of(bson, bson[at], value);
        }
        int count = fields.sorted(bson, base);
        for (int i = 0; i < count; i++) {
            int at = fields.element(base, i);
            int value = fields.value(base, i);
            if (hasContent(bson, bson[at], value)) {
                writeName(bson, at + 1, value - at - 2, sink);
                write(bson, bson[at], value, sink);
            }
        }
        fields.close(base);
        sink.putByte((byte) 'e');
    }

    private static boolean hasContent(byte[] bson, byte type, int value) {
        if (type == BsonSizes.NULL || type == BsonSizes.UNDEFINED) {
            return false;
        }
        if (type != BsonSizes.DOCUMENT && type != BsonSizes.ARRAY) {
            return true;
        }
        for (int at = value + Integer.BYTES; bson[at] != 0; ) {
            int inner = BsonSizes.behindName(bson, at + 1);
            if (hasContent(bson, bson[at], inner)) {
                return true;
            }
            at = inner + BsonSizes.of(bson, bson[at], inner);
        }
        return false;
    }

    private void write(byte[] bson, byte type, int value, CanonicalBytes sink) {
        switch (type) {
            case BsonSizes.DOUBLE -> CanonicalNumber.writeDouble(Double.longBitsToDouble(longAt(bson, value)), sink);
            case BsonSizes.STRING, BsonSizes.SYMBOL, BsonSizes.JAVASCRIPT -> {
                sink.putByte((byte) 's');
                writeText(bson, value + Integer.BYTES, BsonSizes.intAt(bson, value) - 1, sink);
            }
            case BsonSizes.DOCUMENT -> writeDocument(bson, value, sink);
            case BsonSizes.ARRAY -> writeArray(bson, value, sink);
            case BsonSizes.OBJECT_ID -> writeObjectId(bson, value, sink);
            case BsonSizes.BOOLEAN -> CanonicalForm.LeafForm.writeBoolean(bson[value] != 0, sink);
            case BsonSizes.DATE -> CanonicalValue.write(new BsonDateTime(longAt(bson, value)), false, sink);
            case BsonSizes.INT32 -> CanonicalNumber.writeLong(BsonSizes.intAt(bson, value), sink);
            case BsonSizes.INT64 -> CanonicalNumber.writeLong(longAt(bson, value), sink);
            case BsonSizes.BINARY -> CanonicalValue.write(binary(bson, value), false, sink);
            default -> CanonicalValue.write(decoded(bson, type, value), false, sink);
        }
    }

    private void writeArray(byte[] bson, int start, CanonicalBytes sink) {
        int count = 0;
        for (int at = start + Integer.BYTES; bson[at] != 0; count++) {
            int value = BsonSizes.behindName(bson, at + 1);
            at = value + BsonSizes.of(bson, bson[at], value);
        }
        sink.putByte((byte) 'a');
        sink.putInt(count);
        for (int at = start + Integer.BYTES; bson[at] != 0; ) {
            int value = BsonSizes.behindName(bson, at + 1);
            if (hasContent(bson, bson[at], value)) {
                write(bson, bson[at], value, sink);
            } else {
                sink.putByte((byte) 'z');
            }
            at = value + BsonSizes.of(bson, bson[at], value);
        }
    }

    private void writeObjectId(byte[] bson, int start, CanonicalBytes sink) {
        for (int i = 0; i < OBJECT_ID; i++) {
            hexadecimal[2 * i] = HEX[bson[start + i] >> 4 & 0xf];
            hexadecimal[2 * i + 1] = HEX[bson[start + i] & 0xf];
        }
        sink.putByte((byte) 's');
        sink.putInt(hexadecimal.length);
        sink.putBytes(hexadecimal);
    }

    private static void writeName(byte[] bson, int start, int length, CanonicalBytes sink) {
        writeText(bson, start, length, sink);
    }

    /** What is no UTF-8 is written as Java reads it: that is what came into the table. */
    private static void writeText(byte[] bson, int start, int length, CanonicalBytes sink) {
        if (isAscii(bson, start, length)) {
            sink.putInt(length);
            sink.putBytes(bson, start, length);
        } else {
            byte[] read = new String(bson, start, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            sink.putInt(read.length);
            sink.putBytes(read);
        }
    }

    private static boolean isAscii(byte[] bytes, int start, int length) {
        int at = start;
        int end = start + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            if (((long) LONGS.get(bytes, at) & NO_ASCII) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }

    private static BsonBinary binary(byte[] bson, int start) {
        int length = BsonSizes.intAt(bson, start);
        byte subtype = bson[start + Integer.BYTES];
        // The old kind has its length twice.
        int skipped = Integer.BYTES + 1 + (subtype == OLD_BINARY ? Integer.BYTES : 0);
        byte[] data = new byte[length - (subtype == OLD_BINARY ? Integer.BYTES : 0)];
        System.arraycopy(bson, start + skipped, data, 0, data.length);
        return new BsonBinary(subtype, data);
    }

    /** A value of a type that documents have few of. */
    private static BsonValue decoded(byte[] bson, byte type, int start) {
        int size = BsonSizes.of(bson, type, start);
        ByteBuffer document = ByteBuffer.allocate(Integer.BYTES + 2 + size + 1).order(ByteOrder.LITTLE_ENDIAN);
        document.putInt(document.capacity()).put(type).put((byte) 0).put(bson, start, size);
        try {
            BsonValue value =
                    new RawBsonDocument(document.array()).decode(CODEC).get("");
            if (value == null) {
                throw new IllegalStateException("a value of type " + type + " has vanished");
            }
            return value;
        } catch (BsonSerializationException | BsonInvalidOperationException e) {
            throw new IllegalArgumentException("no BSON value of type " + type, e);
        }
    }

    private static long longAt(byte[] bson, int at) {
        return (long) LONGS.get(bson, at);
    }
}
