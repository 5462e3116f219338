package dev.cdcdelta.sink.schema;

import java.util.Locale;
import java.util.Set;

/**
 * The reversible rule by which a document's field name becomes a column name: each of the characters that Delta refuses ({@code
 * " ,;{}()\n\t="}) and the percent sign become {@code %XX}; the empty name becomes {@code %}; a top-level name that begins like one
 * of the connector's own columns ({@code _cdc_}, in any case), or is {@code _doc}, has its underscore written {@code %5F}.
 */
public final class ColumnName {
    static final String RESERVED_PREFIX = "_cdc_";
    private static final String ESCAPED = " ,;{}()\n\t=%";

    private ColumnName() {}

    public static String escape(String field, boolean topLevel) {
        if (field.isEmpty()) {
            return "%";
        }
        StringBuilder name = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            boolean reserved = i == 0 && topLevel && isReserved(field);
            if (reserved || ESCAPED.indexOf(c) >= 0) {
                name.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }

    /** The field behind a name that {@link #escape} made. */
    public static String unescape(String name) {
        if (name.equals("%")) {
            return "";
        }
        StringBuilder field = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '%') {
                field.append((char) Integer.parseInt(name.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                field.append(c);
            }
        }
        return field.toString();
    }

    /** Whether a column of this name is one of the connector's own. */
    public static boolean isReserved(String name) {
        return name.regionMatches(true, 0, RESERVED_PREFIX, 0, RESERVED_PREFIX.length())
                || name.equalsIgnoreCase(CdcColumns.DOCUMENT);
    }

    /** The name itself, or with the first number that tells it from the names taken (lower case), since Delta knows no case. */
    static String unique(String name, Set<String> taken) {
        String candidate = name;
        for (int number = 2; taken.contains(candidate.toLowerCase(Locale.ROOT)); number++) {
            candidate = name + "__" + number;
        }
        return candidate;
    }
}
