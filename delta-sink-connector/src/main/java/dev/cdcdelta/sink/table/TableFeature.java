package dev.cdcdelta.sink.table;

import java.util.Map;

/** What a table can be asked to do beyond holding rows; see {@link TableSnapshot#features()}. */
public enum TableFeature {
    /** Rows of a file may be marked dead; without it only whole files go. */
    DELETION_VECTORS,

    /** Readers may ask for the changes of each version; commits bring them as files of their own. */
    CHANGE_DATA_FEED,

    /** Columns may take wider types. A table allows it unless its owner forbids it. */
    TYPE_WIDENING;

    /** The property of a table by which its owner forbids wider types. */
    private static final String MAY_WIDEN = "delta.enableTypeWidening";

    /** Whether a table of these properties lets its columns take wider types. */
    public static boolean mayWiden(Map<String, String> properties) {
        return !"false".equalsIgnoreCase(properties.get(MAY_WIDEN));
    }
}
