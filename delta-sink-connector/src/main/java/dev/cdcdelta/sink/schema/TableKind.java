package dev.cdcdelta.sink.schema;

import java.util.List;
import java.util.stream.Stream;

/** What a row of a table stands for. A table keeps its kind for life, and its columns tell it. */
public enum TableKind {
    /** A document as it is. */
    DOCUMENTS("documents as they are (write.mode=upsert, delete.mode=hard)", true, List.of()),
    /** A document as it is, or as it was when it was deleted. */
    MARKED_DOCUMENTS(
            "documents as they are, deleted ones marked (write.mode=upsert, delete.mode=soft)",
            true,
            List.of(CdcColumns.DELETED_COLUMN)),
    /** An event. */
    EVENTS("events (write.mode=append)", false, CdcColumns.ORIGIN_COLUMNS),
    /** A version of a document and the time in which it was valid. */
    VERSIONS("versions of documents (write.mode=history)", true, CdcColumns.VALIDITY_COLUMNS);

    private final String description;
    private final boolean keyed;
    private final List<Column> columns;

    TableKind(String description, boolean keyed, List<Column> further) {
        this.description = description;
        this.keyed = keyed;
        this.columns =
                Stream.concat(CdcColumns.COMMON.stream(), further.stream()).toList();
    }

    /** The connector's own columns in such a table, beside those of the documents. */
    public List<Column> ownColumns() {
        return columns;
    }

    /** Whether changes of a document look for the row that it has already. */
    public boolean isKeyed() {
        return keyed;
    }

    /** Whether each event leaves a row of its own, not only the last one of a document. */
    public boolean keepsEveryEvent() {
        return this == EVENTS || this == VERSIONS;
    }

    /** Whether a delete makes a row, where nothing else is known of the document. */
    public boolean writesDeletes() {
        return this == EVENTS || this == MARKED_DOCUMENTS;
    }

    /** What such a table holds and by which settings, as the end of a sentence. */
    public String description() {
        return description;
    }
}
