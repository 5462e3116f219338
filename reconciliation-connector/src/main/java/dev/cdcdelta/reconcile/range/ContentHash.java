package dev.cdcdelta.reconcile.range;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The hash of a document's content, 128 bits, as in the table's column {@code _cdc_hash}.
 *
 * @param high the most significant half
 */
public record ContentHash(long high, long low) {
    private static final int BYTES = 16;

    /** @throws IllegalArgumentException if it is not 16 bytes */
    public static ContentHash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a hash has " + BYTES + " bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new ContentHash(buffer.getLong(), buffer.getLong());
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
