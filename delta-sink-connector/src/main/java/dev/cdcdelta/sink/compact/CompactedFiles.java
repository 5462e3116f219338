package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Live rows of some files in new ones, which no commit has taken yet. The rows have ordinals: in the order in which they were written,
 * from 0, across all the new files.
 *
 * @param writer the table object that the new files were written through; nobody else uses it any more
 * @param columns of the new files
 * @param files in the order of the ordinals
 * @param deletes files that remember deletes in the place of others, whose rows have no ordinals
 */
public record CompactedFiles(
        DeltaTable writer,
        ColumnType.Struct columns,
        List<MovedRows> sources,
        List<DataFile> files,
        List<DataFile> deletes) {
    public CompactedFiles {
        sources = List.copyOf(sources);
        files = List.copyOf(files);
        deletes = List.copyOf(deletes);
    }

    /** All new files. */
    List<DataFile> all() {
        return Stream.concat(files.stream(), deletes.stream()).toList();
    }

    public String location() {
        return writer.location();
    }

    public long rows() {
        return files.stream().mapToLong(DataFile::rowCount).sum();
    }

    /** Whether all the rows are of these topic partitions. */
    boolean isOf(Set<TopicPartition> owned) {
        return sources.stream().allMatch(moved -> CompactionPlanner.isOwned(moved.source(), owned));
    }

    /** The new files' positions of the rows of these ordinals. */
    Map<String, Roaring64Bitmap> positionsOf(Roaring64Bitmap ordinals) {
        Map<String, Roaring64Bitmap> positions = new HashMap<>();
        Cursor cursor = new Cursor();
        ordinals.forEach((long ordinal) -> {
            DataFile file = cursor.fileOf(ordinal);
            positions
                    .computeIfAbsent(file.path(), path -> new Roaring64Bitmap())
                    .addLong(ordinal - cursor.first);
        });
        return positions;
    }

    /** Deletes the new files, unless they have been handed to another table object. */
    public void discard() {
        all().forEach(writer::discard);
    }

    /** Finds the files of ascending ordinals. */
    private final class Cursor {
        private int current;
        private long first;

        DataFile fileOf(long ordinal) {
            while (ordinal >= first + files.get(current).rowCount()) {
                first += files.get(current).rowCount();
                current++;
            }
            return files.get(current);
        }
    }
}
