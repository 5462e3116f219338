package dev.cdcdelta.sink.table;

import dev.cdcdelta.sink.schema.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Everything that one Delta commit changes.
 *
 * @param dataChange false where rows are only stored anew, as compaction does: readers of the stream of changes skip such a commit
 * @param columns the columns after the commit: the snapshot's own, or a widened superset of them
 * @param added data files written for this commit
 * @param dead data files written for this commit all of whose rows are dead from birth: no reader sees them, and to readers of the
 *     stream of changes nothing has happened
 * @param deletions newly dead row positions by path of a live data file, or of an added one
 * @param removed paths of live data files that go as a whole
 * @param changeData files of the change data feed written for this commit
 * @param transactions new versions of transaction identifiers
 */
public record TableCommit(
        boolean dataChange,
        ColumnType.Struct columns,
        List<DataFile> added,
        List<DataFile> dead,
        Map<String, Roaring64Bitmap> deletions,
        Set<String> removed,
        List<DataFile> changeData,
        Map<String, Long> transactions) {
    /** A commit whose new files hold rows for readers. */
    public TableCommit(
            boolean dataChange,
            ColumnType.Struct columns,
            List<DataFile> added,
            Map<String, Roaring64Bitmap> deletions,
            Set<String> removed,
            List<DataFile> changeData,
            Map<String, Long> transactions) {
        this(dataChange, columns, added, List.of(), deletions, removed, changeData, transactions);
    }

    /** A commit that changes rows in place and adds some. */
    public TableCommit(
            ColumnType.Struct columns,
            List<DataFile> added,
            Map<String, Roaring64Bitmap> deletions,
            Map<String, Long> transactions) {
        this(true, columns, added, deletions, Set.of(), List.of(), transactions);
    }
}
