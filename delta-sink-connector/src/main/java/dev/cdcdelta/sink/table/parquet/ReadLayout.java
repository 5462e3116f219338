package dev.cdcdelta.sink.table.parquet;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.PartitionText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where each value of a row comes from.
 *
 * @param stored the columns that are read from the file
 * @param sources for every column asked for, its index in {@code stored}, or -1
 * @param constants for every column asked for, its value where it is a partition column
 */
@SuppressWarnings("ArrayRecordComponent") // Read by index for every row; never compared.
public record ReadLayout(
        ColumnType.Struct stored, int[] sources, @Nullable Object[] constants) {
    public static ReadLayout of(
            ColumnType.Struct selected, List<String> partitionColumns, Map<String, Optional<String>> partition) {
        List<Column> stored = new ArrayList<>();
        int[] sources = new int[selected.columns().size()];
        @Nullable Object[] constants = new Object[sources.length];
        for (int i = 0; i < sources.length; i++) {
            Column column = selected.columns().get(i);
            boolean apart = partitionColumns.stream().anyMatch(name -> name.equalsIgnoreCase(column.name()));
            if (apart && column.type() instanceof ColumnType.Leaf leaf) {
                sources[i] = -1;
                constants[i] = PartitionText.value(leaf.type(), text(column.name(), partition));
            } else {
                sources[i] = stored.size();
                stored.add(column);
            }
        }
        return new ReadLayout(new ColumnType.Struct(stored), sources, constants);
    }

    private static Optional<String> text(String column, Map<String, Optional<String>> partition) {
        return partition.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(column))
                .findFirst()
                .flatMap(Map.Entry::getValue);
    }
}
