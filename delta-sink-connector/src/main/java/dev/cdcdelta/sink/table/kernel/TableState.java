package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.TableSnapshot;
import io.delta.kernel.internal.SnapshotImpl;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All of a table at one version that a commit on top of it needs to know.
 *
 * @param files the live files by path
 * @param view the same for the outside
 */
record TableState(SnapshotImpl snapshot, Map<String, LiveFile> files, TableSnapshot view) {
    static TableState of(
            String location, SnapshotImpl snapshot, Map<String, LiveFile> files, Map<String, Long> transactions) {
        Map<String, DataFile> dataFiles = new LinkedHashMap<>(files.size() * 2);
        files.forEach((path, file) -> dataFiles.put(path, file.file()));
        ColumnType.Struct columns = TableSchema.toColumns(location, snapshot.getSchema());
        return new TableState(
                snapshot,
                Collections.unmodifiableMap(files),
                new TableSnapshot(
                        snapshot.getMetadata().getId(),
                        snapshot.getVersion(),
                        columns,
                        Map.copyOf(snapshot.getTableProperties()),
                        Map.copyOf(transactions),
                        Collections.unmodifiableMap(dataFiles)));
    }

    /** The same state on another object for the same version. */
    TableState on(SnapshotImpl sameVersion) {
        return new TableState(sameVersion, files, view);
    }

    LiveFile file(String path) {
        LiveFile file = files.get(path);
        if (file == null) {
            throw new IllegalStateException(
                    "the file " + path + " is not live in version " + view.version() + " of the table");
        }
        return file;
    }
}
