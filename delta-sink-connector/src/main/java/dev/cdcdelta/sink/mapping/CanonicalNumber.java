package dev.cdcdelta.sink.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The canonical bytes of a number, the same for equal numbers of all numeric types; the first that fits:
 *
 * <pre>
 * 'i' int64                                  integers from -2^63 to 2^63-1, but not -0.0
 * 'd' binary64                               what a double holds exactly; one NaN
 * 'n' scale:int32 length:int32 unscaled      decimals without trailing zeros, two's complement, big endian
 * </pre>
 */
final class CanonicalNumber {
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private CanonicalNumber() {}

    static void write(Number number, CanonicalBytes sink) {
        if (number instanceof Double || number instanceof Float) {
            writeDouble(number.doubleValue(), sink);
        } else if (number instanceof BigDecimal decimal) {
            writeDecimal(decimal.stripTrailingZeros(), sink);
        } else {
            writeLong(number.longValue(), sink);
        }
    }

    static void writeLong(long value, CanonicalBytes sink) {
        sink.putByte((byte) 'i');
        sink.putLong(value);
    }

    static void writeDouble(double value, CanonicalBytes sink) {
        boolean integer = value == Math.rint(value) && value >= -0x1p63 && value < 0x1p63;
        if (integer && !NumberConversion.isNegativeZero(value)) {
            writeLong((long) value, sink);
        } else {
            sink.putByte((byte) 'd');
            sink.putLong(Double.doubleToLongBits(value));
        }
    }

    private static void writeDecimal(BigDecimal value, CanonicalBytes sink) {
        if (value.scale() <= 0) {
            BigInteger integer = value.toBigIntegerExact();
            if (integer.compareTo(LONG_MIN) >= 0 && integer.compareTo(LONG_MAX) <= 0) {
                writeLong(integer.longValue(), sink);
                return;
            }
        }
        double approximation = value.doubleValue();
        if (!Double.isInfinite(approximation) && new BigDecimal(approximation).compareTo(value) == 0) {
            writeDouble(approximation, sink);
            return;
        }
        byte[] unscaled = value.unscaledValue().toByteArray();
        sink.putByte((byte) 'n');
        sink.putInt(value.scale());
        sink.putInt(unscaled.length);
        sink.putBytes(unscaled);
    }
}
