package dev.cdcdelta.sink.table.parquet;

import java.util.Optional;

/**
 * Strings cut to a prefix for the log. Readers compare by bytes of UTF-8, which is the order of code points: a shorter upper bound
 * must still be above everything that it was cut from.
 */
final class TextBounds {
    private static final int CODE_POINTS = 32;
    private static final String GREATEST = Character.toString(Character.MAX_CODE_POINT);

    private TextBounds() {}

    static String lower(String text) {
        return isShort(text) ? text : prefix(text);
    }

    /** Empty if no shorter text is certain to be above. */
    static Optional<String> upper(String text) {
        if (isShort(text)) {
            return Optional.of(text);
        }
        String prefix = prefix(text);
        return text.startsWith(GREATEST, prefix.length()) ? Optional.empty() : Optional.of(prefix + GREATEST);
    }

    private static boolean isShort(String text) {
        return text.length() <= CODE_POINTS || text.codePointCount(0, text.length()) <= CODE_POINTS;
    }

    private static String prefix(String text) {
        return text.substring(0, text.offsetByCodePoints(0, CODE_POINTS));
    }
}
