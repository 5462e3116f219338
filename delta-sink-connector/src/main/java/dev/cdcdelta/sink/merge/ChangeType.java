package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a row of the change data feed tells (PROTOCOL.md, Change Data Files). */
enum ChangeType {
    INSERT("insert"),
    UPDATE_PREIMAGE("update_preimage"),
    UPDATE_POSTIMAGE("update_postimage"),
    DELETE("delete");

    private static final Column COLUMN =
            new Column("_change_type", "_change_type", new ColumnType.Leaf(ScalarType.STRING));

    private final String text;

    ChangeType(String text) {
        this.text = text;
    }

    /** The columns of the feed's files. */
    static ColumnType.Struct columns(ColumnType.Struct table) {
        List<Column> columns = new ArrayList<>(table.columns());
        columns.add(COLUMN);
        return new ColumnType.Struct(columns);
    }

    /** The row as one of the feed. */
    @Nullable
    Object[] image(@Nullable Object[] row) {
        @Nullable Object[] image = Arrays.copyOf(row, row.length + 1);
        image[row.length] = text;
        return image;
    }
}
