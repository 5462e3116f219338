package dev.cdcdelta.sink.table.kernel;

import static io.delta.kernel.internal.TableConfig.TOMBSTONE_RETENTION;

import dev.cdcdelta.sink.table.StoredFile;
import io.delta.kernel.TableManager;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds and deletes the files of a table that no reader needs any more: those of old versions, and those that no commit ever took. */
public final class UnreferencedFiles {
    private static final String CHANGE_DATA = "_change_data/";

    private final TableRoom room;

    public UnreferencedFiles(TableRoom room) {
        this.room = room;
    }

    /**
     * Lists the whole directory.
     *
     * @param known a version that the table has reached: what a listing of the log that is behind does not tell of would be unreferenced
     * @param retention how long readers may take with a version that is not the newest; at least the table's own is kept
     */
    public List<StoredFile> list(long known, Instant now, Duration retention) throws IOException {
        List<StoredFile> stored = stored();
        // Read after the listing, so that it knows of every commit whose files the listing may show.
        SnapshotImpl snapshot =
                (SnapshotImpl) TableManager.loadSnapshot(room.location()).build(room.engine());
        if (snapshot.getVersion() < known) {
            throw new IOException(
                    "its log has version " + known + ", but the listing ends at " + snapshot.getVersion());
        }
        long tombstones = TOMBSTONE_RETENTION.fromMetadata(snapshot.getMetadata());
        long horizon = now.toEpochMilli() - Math.max(retention.toMillis(), tombstones);
        List<StoredFile> old = stored.stream()
                .filter(file -> file.modified().toEpochMilli() < horizon)
                .toList();
        if (old.isEmpty()) {
            return old;
        }
        FileKeys keys = new FileKeys(room.location());
        Set<String> retained = new RetainedFiles(room, horizon).of(snapshot);
        return old.stream()
                .filter(file -> !retained.contains(keys.ofStored(absolute(file))))
                .toList();
    }

    public boolean delete(StoredFile file) throws IOException {
        return room.files().delete(absolute(file));
    }

    private String absolute(StoredFile file) {
        return room.location() + "/" + file.path();
    }

    private List<StoredFile> stored() throws IOException {
        List<StoredFile> stored = new ArrayList<>();
        FileKeys keys = new FileKeys(room.location());
        String directory = keys.ofStored(room.location()) + "/";
        for (FileStatus file : room.files().listTree(room.location())) {
            String key = keys.ofStored(file.getPath());
            if (!key.startsWith(directory)) {
                throw new IOException("the listing of " + room.location() + " shows " + file.getPath());
            }
            String path = key.substring(directory.length());
            if (isOfTheTable(path)) {
                stored.add(new StoredFile(path, file.getSize(), Instant.ofEpochMilli(file.getModificationTime())));
            }
        }
        return stored;
    }

    /** Data files, deletion vectors and change data; nothing that is hidden, and nothing of any other kind. */
    private static boolean isOfTheTable(String path) {
        String visible = path.startsWith(CHANGE_DATA) ? path.substring(CHANGE_DATA.length()) : path;
        for (String name : visible.split("/", -1)) {
            if (name.startsWith("_") || name.startsWith(".")) {
                return false;
            }
        }
        String name = visible.substring(visible.lastIndexOf('/') + 1);
        return name.endsWith(".parquet") || (name.startsWith("deletion_vector_") && name.endsWith(".bin"));
    }
}
