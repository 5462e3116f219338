package dev.cdcdelta.admin.schema;

import dev.cdcdelta.admin.table.TypeText;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How columns differ from those that they grew from. */
final class ColumnChanges {
    private final List<Change> changes = new ArrayList<>();

    /**
     * One column that is new or wider.
     *
     * @param column names joined by points, {@code []} behind an array
     * @param before Delta's type, null for a new column
     */
    record Change(String column, @Nullable String before, String after) {}

    private ColumnChanges() {}

    static List<Change> between(ColumnType.Struct before, ColumnType.Struct after) {
        ColumnChanges all = new ColumnChanges();
        all.compare("", before, after);
        return all.changes;
    }

    private void compare(String prefix, ColumnType.Struct before, ColumnType.Struct after) {
        Map<String, ColumnType> known = new LinkedHashMap<>();
        before.columns().forEach(column -> known.put(column.name(), column.type()));
        for (Column column : after.columns()) {
            String path = prefix + column.name();
            ColumnType old = known.get(column.name());
            if (old == null) {
                changes.add(new Change(path, null, TypeText.of(column.type())));
            } else if (!old.equals(column.type())) {
                compare(path, old, column.type());
            }
        }
    }

    private void compare(String path, ColumnType before, ColumnType after) {
        if (before instanceof ColumnType.Struct one && after instanceof ColumnType.Struct two) {
            compare(path + ".", one, two);
        } else if (before instanceof ColumnType.Array one && after instanceof ColumnType.Array two) {
            compare(path + "[]", one.element(), two.element());
        } else if (!TypeText.of(before).equals(TypeText.of(after))) {
            changes.add(new Change(path, TypeText.of(before), TypeText.of(after)));
        }
    }
}
