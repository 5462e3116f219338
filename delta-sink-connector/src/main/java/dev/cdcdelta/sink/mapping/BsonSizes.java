package dev.cdcdelta.sink.mapping;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The types of BSON elements by their byte, and how many bytes a value takes (<a href="https://bsonspec.org/spec.html">specification</a>). */
final class BsonSizes {
    static final byte DOUBLE = 0x01;
    static final byte STRING = 0x02;
    static final byte DOCUMENT = 0x03;
    static final byte ARRAY = 0x04;
    static final byte BINARY = 0x05;
    static final byte UNDEFINED = 0x06;
    static final byte OBJECT_ID = 0x07;
    static final byte BOOLEAN = 0x08;
    static final byte DATE = 0x09;
    static final byte NULL = 0x0A;
    static final byte REGULAR_EXPRESSION = 0x0B;
    static final byte DB_POINTER = 0x0C;
    static final byte JAVASCRIPT = 0x0D;
    static final byte SYMBOL = 0x0E;
    static final byte JAVASCRIPT_WITH_SCOPE = 0x0F;
    static final byte INT32 = 0x10;
    static final byte TIMESTAMP = 0x11;
    static final byte INT64 = 0x12;
    static final byte DECIMAL128 = 0x13;
    static final byte MIN_KEY = (byte) 0xFF;
    static final byte MAX_KEY = 0x7F;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private BsonSizes() {}

    static int intAt(byte[] bson, int at) {
        return (int) INTS.get(bson, at);
    }

    /** Where a value begins whose name begins here. */
    static int behindName(byte[] bson, int start) {
        int at = start;
        while (bson[at] != 0) {
            at++;
        }
        return at + 1;
    }

    /** @throws IllegalArgumentException if there is no such type */
    static int of(byte[] bson, byte type, int value) {
        return switch (type) {
            case NULL, UNDEFINED, MIN_KEY, MAX_KEY -> 0;
            case BOOLEAN -> 1;
            case INT32 -> 4;
            case DOUBLE, DATE, TIMESTAMP, INT64 -> 8;
            case OBJECT_ID -> 12;
            case DECIMAL128 -> 16;
            case STRING, JAVASCRIPT, SYMBOL -> 4 + intAt(bson, value);
            case DOCUMENT, ARRAY, JAVASCRIPT_WITH_SCOPE -> intAt(bson, value);
            case BINARY -> 5 + intAt(bson, value);
            case DB_POINTER -> 4 + intAt(bson, value) + 12;
            case REGULAR_EXPRESSION -> behindName(bson, behindName(bson, value)) - value;
            default -> throw new IllegalArgumentException("BSON has no type " + type);
        };
    }
}
