package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.TextCursor;
import org.jspecify.annotations.Nullable;

/** Reads documents whose text is in no way out of the ordinary into rows: the values that their Structs would have, each in its place. */
public final class RowReader {
    private final StructWriter writer;

    RowReader(StructWriter writer) {
        this.writer = writer;
    }

    /**
     * The document of that extended JSON as a row.
     *
     * @param cursor at its beginning
     * @return null where {@link DocumentWriter#write(String)} gives no Struct, or one with a value that has no place in the row
     */
    public @Nullable Object @Nullable [] read(TextCursor cursor) {
        return cursor.peek() == '{' && writer.read(cursor) instanceof Object[] row && cursor.isAtEnd() ? row : null;
    }
}
