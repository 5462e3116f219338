package dev.cdcdelta.smt.schema;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fields are called in a {@link StructType}: as in the document, but for two reversible rules.
 *
 * <p>Names ending in {@code __json} belong to sidecars, and {@code __rest} to the fields that have no column. A document field with
 * such a name gets one underscore more ({@code x__json} is {@code x__json_}, {@code x__json_} is {@code x__json__}), so that no document
 * can write into them, whichever came first. The empty name, which a schema cannot have, gets its underscore too, and with it all that
 * consist of underscores ({@code _} is {@code __}).
 *
 * <p>Half a surrogate pair, which no UTF-8 text can hold, is {@code %u} and its four hexadecimal digits; a {@code %u} of the document's
 * own becomes {@code %25u}, that one {@code %2525u}, and so on.
 */
public final class FieldNames {
    /** The field that identifies a document. */
    public static final String ID = "_id";

    /** The field that takes, as one document in canonical extended JSON text, the fields beyond the limit of columns. */
    public static final String REST = "__rest";

    private static final String SIDECAR = "__json";
    private static final Pattern LITERAL = Pattern.compile("%((?:25)*)u");
    private static final Pattern ESCAPED = Pattern.compile("%25((?:25)*)u|%u([0-9A-F]{4})");

    private FieldNames() {}

    /** The sibling that takes, as canonical extended JSON text, what does not fit the field's type. */
    public static String sidecarOf(String field) {
        return field + SIDECAR;
    }

    public static boolean isSidecar(String field) {
        return field.endsWith(SIDECAR);
    }

    /** The field whose sidecar this is. */
    public static String ofSidecar(String sidecar) {
        return sidecar.substring(0, sidecar.length() - SIDECAR.length());
    }

    /** Whether the field is one of ours beside those of the document: a sidecar or {@link #REST}. */
    public static boolean isOurs(String field) {
        return isSidecar(field) || field.equals(REST);
    }

    public static String fromDocument(String name) {
        String whole = withWholeCharacters(name);
        return isReserved(whole) ? whole + '_' : whole;
    }

    public static String toDocument(String field) {
        String name = field.endsWith("_") && isReserved(field) ? field.substring(0, field.length() - 1) : field;
        if (name.indexOf('%') < 0) {
            return name;
        }
        return ESCAPED.matcher(name).replaceAll(found -> {
            String digits = found.group(2);
            return Matcher.quoteReplacement(
                    digits == null ? "%" + found.group(1) + "u" : String.valueOf((char) Integer.parseInt(digits, 16)));
        });
    }

    private static String withWholeCharacters(String name) {
        String escaped = name.indexOf('%') < 0 ? name : LITERAL.matcher(name).replaceAll("%25$1u");
        if (escaped.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return escaped;
        }
        StringBuilder whole = new StringBuilder(escaped.length());
        escaped.codePoints().forEach(point -> {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                whole.append("%u").append(Integer.toHexString(point).toUpperCase(Locale.ROOT));
            } else {
                whole.appendCodePoint(point);
            }
        });
        return whole.toString();
    }

    private static boolean isReserved(String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '_') {
            end--;
        }
        return end == 0
                || name.startsWith(SIDECAR, end - SIDECAR.length())
                || end == REST.length() && name.startsWith(REST);
    }
}
