package dev.cdcdelta.reconcile.finding;

import java.util.Locale;

/** What is wrong with a document's row. */
public enum FindingClass {
    /** The collection has the document, the table no row of it. */
    MISSING,
    /** The table has a row, the collection no such document. */
    EXTRA,
    /** Both have it, with other content. */
    DIFFERENT,
    /** The table has more than one row of it. */
    DUPLICATE,
    /** It kept changing while it was looked at: nothing is said of it. */
    HOT;

    /** As records and metrics call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
