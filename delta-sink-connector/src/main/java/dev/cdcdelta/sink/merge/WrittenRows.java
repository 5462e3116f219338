package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.index.RowLocation;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.List;
import java.util.Map;

/**
 * The files of a plan, which wait for their commit.
 *
 * @param locations where in them the keys are that the plan's rows stand for
 * @param deletes files that remember deletes
 * @param images files of the change data feed
 */
record WrittenRows(
        List<DataFile> files, Map<DocumentKey, RowLocation> locations, List<DataFile> deletes, List<DataFile> images) {
    long bytes() {
        return files.stream().mapToLong(DataFile::size).sum();
    }
}
