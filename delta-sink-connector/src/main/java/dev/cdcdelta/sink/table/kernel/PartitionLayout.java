package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a row its file keeps, and in which directory such a file lies. Directories are for the eye: readers take partition
 * values from the log alone (PROTOCOL.md, Data Files).
 *
 * @param kept indexes of the stored columns in a row
 */
@SuppressWarnings("ArrayRecordComponent") // Read by index for every row; never compared.
record PartitionLayout(ColumnType.Struct stored, List<String> partitionColumns, int[] kept) {
    private static final String NULL_DIRECTORY = "__HIVE_DEFAULT_PARTITION__";
    private static final int LONGEST_DIRECTORY = 150;

    static PartitionLayout of(ColumnType.Struct columns, List<String> partitionColumns) {
        List<Column> stored = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < columns.columns().size(); i++) {
            Column column = columns.columns().get(i);
            if (partitionColumns.stream().noneMatch(name -> name.equalsIgnoreCase(column.name()))) {
                kept.add(i);
                stored.add(column);
            }
        }
        return new PartitionLayout(
                new ColumnType.Struct(stored),
                partitionColumns,
                kept.stream().mapToInt(Integer::intValue).toArray());
    }

    @Nullable
    Object[] stored(@Nullable Object[] row) {
        if (partitionColumns.isEmpty()) {
            return row;
        }
        if (row.length != kept.length + partitionColumns.size()) {
            throw new IllegalArgumentException(
                    "a row of " + row.length + " values for " + (kept.length + partitionColumns.size()) + " columns");
        }
        @Nullable Object[] values = new Object[kept.length];
        for (int i = 0; i < kept.length; i++) {
            values[i] = row[kept[i]];
        }
        return values;
    }

    /** Empty text, or with a slash at the end; a URI as the paths of the log are, of a directory name that is escaped itself. */
    String directory(Map<String, Optional<String>> partition) {
        if (partition.size() != partitionColumns.size()) {
            throw new IllegalStateException(
                    "a file's place has the partition " + partition.keySet() + ", the table " + partitionColumns);
        }
        StringBuilder path = new StringBuilder();
        for (String column : partitionColumns) {
            Optional<String> value = partition.get(column);
            if (value == null) {
                throw new IllegalStateException("a file's place lacks the partition column " + column);
            }
            String directory =
                    escaped(column) + "=" + value.map(PartitionLayout::escaped).orElse(NULL_DIRECTORY);
            path.append(directory.replace("%", "%25")).append('/');
        }
        return path.toString();
    }

    /** Cut where a file system would not take the name. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte code : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = code >= '0' && code <= '9'
                    || code >= 'a' && code <= 'z'
                    || code >= 'A' && code <= 'Z'
                    || "_-.".indexOf(code) >= 0;
            escaped.append(plain ? String.valueOf((char) code) : String.format(Locale.ROOT, "%%%02X", code & 0xff));
            if (escaped.length() >= LONGEST_DIRECTORY / 2) {
                break;
            }
        }
        return escaped.toString();
    }
}
