package dev.cdcdelta.sink.table;

/** What a table can be asked to do beyond holding rows; see {@link TableSnapshot#features()}. */
public enum TableFeature {
    /** Rows of a file may be marked dead; without it only whole files go. */
    DELETION_VECTORS,

    /** Readers may ask for the changes of each version; commits bring them as files of their own. */
    CHANGE_DATA_FEED,

    /** Columns may take wider types; on unless the table's owner forbids it. */
    TYPE_WIDENING
}
