package dev.cdcdelta.sink.table.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Deflater;

/**
 * Keeps the live files of a table small in the heap, where they all are for as long as the table is open: what files have in common is
 * there once. Their statistics have the names of the columns three times over, and are wanted only when a file is removed or marked.
 */
final class FilePacker {
    /** What Deflate can look back to is 32 KiB, of which the text itself needs some. */
    private static final int LONGEST_DICTIONARY = 16 << 10;

    /** Tables change, and so do their statistics; but a dictionary for each file would be none. */
    private static final int FILES_PER_DICTIONARY = 1_000;

    /** Some writers tag each file otherwise. */
    private static final int MOST_TAGS = 10_000;

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Map<Map<String, String>, Map<String, String>> tags = new HashMap<>();
    private byte[] dictionary = {};
    private int packed;

    /** @param statistics JSON as Delta's {@code add.stats} */
    synchronized PackedStatistics statistics(String statistics) {
        byte[] text = statistics.getBytes(StandardCharsets.UTF_8);
        byte[] first = deflated(text);
        packed++;
        boolean isLikeOthers = first.length < text.length / 2;
        if (dictionary.length > 0 && (isLikeOthers || packed < FILES_PER_DICTIONARY)) {
            return new PackedStatistics(first, text.length, dictionary);
        }
        dictionary = Arrays.copyOf(text, Math.min(text.length, LONGEST_DICTIONARY));
        packed = 0;
        return new PackedStatistics(deflated(text), text.length, dictionary);
    }

    private byte[] deflated(byte[] text) {
        deflater.reset();
        deflater.setDictionary(dictionary);
        deflater.setInput(text);
        deflater.finish();
        byte[] out = new byte[text.length + text.length / 1_000 + 64];
        int length = deflater.deflate(out);
        if (!deflater.finished()) {
            throw new IllegalStateException("deflated statistics are longer than stored ones would be");
        }
        return Arrays.copyOf(out, length);
    }

    /** The same tags, as one object for all files that have them. */
    synchronized Map<String, String> tags(Map<String, String> given) {
        if (tags.size() >= MOST_TAGS) {
            tags.clear();
        }
        return tags.computeIfAbsent(given, Map::copyOf);
    }
}
