package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnName;
import dev.cdcdelta.sink.schema.ColumnType;

/** A table's columns as a document sees them. */
final class DocumentPart {
    /** A field name that no document can have, because it would be invalid UTF-8: an unpaired surrogate. */
    private static final String NO_FIELD = "\uD800";

    private DocumentPart() {}

    /** The same columns in the same places, the connector's own hidden from every field name. */
    static ColumnType.Struct of(ColumnType.Struct table) {
        return new ColumnType.Struct(table.columns().stream()
                .map(column -> ColumnName.isReserved(column.name())
                        ? new Column(column.name(), NO_FIELD, column.type())
                        : column)
                .toList());
    }
}
