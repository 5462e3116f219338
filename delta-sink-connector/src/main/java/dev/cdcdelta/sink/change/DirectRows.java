package dev.cdcdelta.sink.change;

import dev.cdcdelta.smt.connect.DocumentWriter;
import dev.cdcdelta.smt.ejson.TextCursor;
import org.jspecify.annotations.Nullable;

/** A table that takes documents as they come, as text, where they are in no way out of the ordinary. */
@FunctionalInterface
public interface DirectRows {
    /** A record that goes to several tables is read once, for all of them. */
    DirectRows NONE = (writer, text, version, operation) -> null;

    /**
     * The document of that extended JSON as a row of the table.
     *
     * @param writer of the documents of its topic so far
     * @param text at its beginning
     * @return null where the document is to become a Struct first, which may make its topic's type grow, or the table; neither does here
     */
    Change.@Nullable Row row(DocumentWriter writer, TextCursor text, SourceVersion version, Operation operation);
}
