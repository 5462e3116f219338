package dev.cdcdelta.sink.table.kernel;

import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A file's statistics as they are kept: deflated against another file's, which they are much like. Made by {@link FilePacker}. */
final class PackedStatistics {
    private final byte[] packed;
    private final int length;
    private final byte[] dictionary;

    /**
     * @param packed raw deflate (RFC 1951)
     * @param length bytes of the text
     */
    PackedStatistics(byte[] packed, int length, byte[] dictionary) {
        this.packed = packed;
        this.length = length;
        this.dictionary = dictionary;
    }

    /** JSON as Delta's {@code add.stats}. */
    String text() {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setDictionary(dictionary);
            inflater.setInput(packed);
            byte[] text = new byte[length];
            int read = inflater.inflate(text);
            if (read != length) {
                throw new IllegalStateException(read + " of " + length + " bytes of statistics were kept");
            }
            return new String(text, StandardCharsets.UTF_8);
        } catch (DataFormatException e) {
            throw new IllegalStateException("statistics were not kept as they were", e);
        } finally {
            inflater.end();
        }
    }

    /** Bytes that it takes beside what it shares with others. */
    int size() {
        return packed.length;
    }
}
