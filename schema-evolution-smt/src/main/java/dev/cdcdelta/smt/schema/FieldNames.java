package dev.cdcdelta.smt.schema;

/**
 * How fields are called in a {@link StructType}: as in the document, except that names ending in {@code __json} belong to sidecars.
 * A document field with such a name gets one underscore more ({@code x__json} is {@code x__json_}, {@code x__json_} is
 * {@code x__json__}), so that no document can write into a sidecar, whichever came first. The empty name, which a schema cannot have,
 * gets its underscore too, and with it all that consist of underscores ({@code _} is {@code __}).
 */
public final class FieldNames {
    /** The field that identifies a document. */
    public static final String ID = "_id";

    private static final String SIDECAR = "__json";

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

    public static String fromDocument(String name) {
        return isReserved(name) ? name + '_' : name;
    }

    public static String toDocument(String field) {
        return field.endsWith("_") && isReserved(field) ? field.substring(0, field.length() - 1) : field;
    }

    private static boolean isReserved(String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '_') {
            end--;
        }
        return end == 0 || name.startsWith(SIDECAR, end - SIDECAR.length());
    }
}
