package dev.cdcdelta.stack.check;

import java.util.Locale;

/** The documented, reversible rule from field names to column names. */
final class ColumnNaming {
    private static final String REFUSED_BY_DELTA = " ,;{}()\n\t=%";
    private static final String SIDECAR = "__json";
    private static final String OWN_COLUMNS = "_cdc_";

    private ColumnNaming() {}

    /** Of the typed column of a field. */
    static String column(String field, boolean topLevel) {
        String stem = field.replaceAll("_+$", "");
        String name = stem.isEmpty() || stem.endsWith(SIDECAR) ? field + "_" : field;
        StringBuilder column = new StringBuilder();
        for (char character : name.toCharArray()) {
            boolean escaped = REFUSED_BY_DELTA.indexOf(character) >= 0 || column.isEmpty() && topLevel && isOwn(name);
            column.append(escaped ? String.format(Locale.ROOT, "%%%02X", (int) character) : character);
        }
        return column.toString();
    }

    /** Of the column that takes a field's values which do not fit its type. */
    static String sidecar(String column) {
        return column + SIDECAR;
    }

    /** Whether the column holds no part of the document. */
    static boolean isOwn(String column) {
        return column.toLowerCase(Locale.ROOT).startsWith(OWN_COLUMNS);
    }
}
