package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DataFile;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Files in which a table remembers deletes: a row for each, with the document's {@code _id} and the delete's version, and all of them dead
 * from birth. No reader sees such a row; whoever reads the keys of the file learns the deletes of one flush, wherever he is
 * (docs/adr/0009-deletes-born-dead.md).
 */
public final class DeletesFiles {
    /** Its value is when the deletes were committed, in seconds since the epoch; of several flushes, the last. */
    private static final String TAG = "cdcdelta.deletes";

    private static final Set<String> COLUMNS =
            Set.of(CdcColumns.ID, CdcColumns.OTHER_ID, CdcColumns.TIME, CdcColumns.ORDINAL, CdcColumns.OPERATION);

    private DeletesFiles() {}

    /** The tags of a file of deletes that came from the partition. */
    public static Map<String, String> tags(TopicPartition partition, Instant committed) {
        return at(IndexedFiles.tags(partition), committed);
    }

    /** The same tags with another time. */
    public static Map<String, String> at(Map<String, String> tags, Instant committed) {
        Map<String, String> all = new HashMap<>(tags);
        all.put(TAG, Long.toString(committed.getEpochSecond()));
        return all;
    }

    /** Whether the file is one of ours that still is what it was: where somebody brought its rows to life, they are rows like others. */
    public static boolean isOne(DataFile file) {
        return file.tags().containsKey(TAG) && file.deletedRowCount() == file.rowCount();
    }

    /** When its deletes were committed; the epoch, so that it is forgotten soon, where somebody has written over that. */
    public static Instant committed(DataFile file) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(file.tags().getOrDefault(TAG, "0")));
        } catch (NumberFormatException e) {
            return Instant.EPOCH;
        }
    }

    /** The columns that its rows have, out of those of the table. */
    public static ColumnType.Struct columns(ColumnType.Struct table, List<String> partitionColumns) {
        List<Column> columns = table.columns().stream()
                .filter(column -> COLUMNS.contains(column.name())
                        || partitionColumns.stream().anyMatch(name -> name.equalsIgnoreCase(column.name())))
                .toList();
        return new ColumnType.Struct(columns);
    }
}
