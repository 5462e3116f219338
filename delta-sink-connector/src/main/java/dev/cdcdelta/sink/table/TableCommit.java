package dev.cdcdelta.sink.table;

import dev.cdcdelta.sink.schema.ColumnType;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Everything that one Delta commit changes.
 *
 * @param columns the columns after the commit: the snapshot's own, or a widened superset of them
 * @param added data files written for this commit
 * @param deletions newly dead row positions by path of a live data file
 * @param transactions new versions of transaction identifiers
 */
public record TableCommit(
        ColumnType.Struct columns,
        List<DataFile> added,
        Map<String, Roaring64Bitmap> deletions,
        Map<String, Long> transactions) {}
