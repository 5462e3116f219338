package dev.cdcdelta.smt.schema;

import java.util.Locale;

/**
 * Where a field is, as rules name it and messages tell it: names with points between, {@code []} behind arrays. Of what a name would
 * confuse with these, a percent sign and two hexadecimal digits stand: the field {@code a.b} of a document is {@code a%2Eb}.
 */
public final class FieldPath {
    private static final String ESCAPED = ".%[";

    private FieldPath() {}

    /**
     * The path of a field.
     *
     * @param parent of the document that it is a field of; empty for the whole document
     * @param field its name in a {@link StructType}
     */
    public static String of(String parent, String field) {
        String name = escape(field);
        return parent.isEmpty() ? name : parent + "." + name;
    }

    /** A name as paths have it. */
    static String escape(String name) {
        int first = 0;
        while (first < name.length() && ESCAPED.indexOf(name.charAt(first)) < 0) {
            first++;
        }
        if (first == name.length()) {
            return name;
        }
        StringBuilder escaped = new StringBuilder(name.length() + 8).append(name, 0, first);
        for (int i = first; i < name.length(); i++) {
            char c = name.charAt(i);
            if (ESCAPED.indexOf(c) < 0) {
                escaped.append(c);
            } else {
                escaped.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return escaped.toString();
    }
}
