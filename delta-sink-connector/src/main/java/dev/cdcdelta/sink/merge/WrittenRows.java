package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.index.RowLocation;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.List;
import java.util.Map;

/** The files of a plan's rows, which wait for their commit, and where in them each key is. */
record WrittenRows(List<DataFile> files, Map<DocumentKey, RowLocation> locations) {
    long bytes() {
        return files.stream().mapToLong(DataFile::size).sum();
    }
}
