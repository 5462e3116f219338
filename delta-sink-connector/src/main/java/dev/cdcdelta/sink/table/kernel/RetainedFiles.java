package dev.cdcdelta.sink.table.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.replay.ActionsIterator;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files that a table's log refers to and that somebody may still read: live ones, those with a tombstone that has not expired, and
 * whatever a commit within the retention names, because some writers' checkpoints lose tombstones.
 */
final class RetainedFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final StructType ADD =
            new StructType().add("path", StringType.STRING).add("deletionVector", DeletionVectorDescriptor.READ_SCHEMA);
    private static final StructType REMOVE = ADD.add("deletionTimestamp", LongType.LONG);
    private static final StructType ACTIONS = new StructType().add("add", ADD).add("remove", REMOVE);
    private static final int PATH = 0;
    private static final int VECTOR = 1;
    private static final int TIME = 2;

    private final TableRoom room;
    private final FileKeys keys;
    private final long horizon;
    private final Set<String> retained = new HashSet<>();

    /** @param horizon what left the table before this time, in milliseconds since the epoch, is not read any more */
    RetainedFiles(TableRoom room, long horizon) {
        this.room = room;
        this.keys = new FileKeys(room.location());
        this.horizon = horizon;
    }

    /** The keys of the files, as {@link FileKeys} has them. */
    Set<String> of(SnapshotImpl snapshot) throws IOException {
        replay(snapshot);
        readCommits();
        return retained;
    }

    /** Newest first: the first action on a file and its vector is the one that counts. */
    private void replay(SnapshotImpl snapshot) throws IOException {
        Set<List<String>> seen = new HashSet<>();
        try (ActionsIterator actions = new ActionsIterator(
                room.engine(), snapshot.getLogSegment().allLogFilesReversed(), ACTIONS, Optional.empty())) {
            while (actions.hasNext()) {
                ColumnarBatch batch = actions.next().getColumnarBatch();
                replay(batch.getColumnVector(0), batch.getSize(), seen);
                replay(batch.getColumnVector(1), batch.getSize(), seen);
            }
        }
    }

    private void replay(ColumnVector actions, int size, Set<List<String>> seen) {
        boolean removes = actions.getDataType().equivalent(REMOVE);
        for (int row = 0; row < size; row++) {
            if (actions.isNullAt(row)) {
                continue;
            }
            String path = actions.getChild(PATH).getString(row);
            Optional<DeletionVectorDescriptor> vector =
                    Optional.ofNullable(DeletionVectorDescriptor.fromColumnVector(actions.getChild(VECTOR), row));
            boolean newest = seen.add(List.of(
                    path, vector.map(DeletionVectorDescriptor::getUniqueId).orElse("")));
            if (removes ? !isExpired(actions.getChild(TIME), row) : newest) {
                retain(
                        path,
                        vector.map(DeletionVectorDescriptor::getStorageType).orElse("i"),
                        vector.map(DeletionVectorDescriptor::getPathOrInlineDv).orElse(""));
            }
        }
    }

    /** A tombstone without a time may be of any age. */
    private boolean isExpired(ColumnVector times, int row) {
        return !times.isNullAt(row) && times.getLong(row) < horizon;
    }

    private void retain(String path, String vectorType, String vector) {
        retained.add(keys.ofAction(path));
        if (!vectorType.equals("i")) {
            retained.add(keys.ofVector(vectorType, vector));
        }
    }

    private void readCommits() throws IOException {
        try (CloseableIterator<FileStatus> log = room.files().listFrom(room.location() + "/_delta_log/0")) {
            while (log.hasNext()) {
                FileStatus file = log.next();
                if (file.getPath().endsWith(".json") && file.getModificationTime() >= horizon) {
                    readCommit(file.getPath());
                }
            }
        }
    }

    private void readCommit(String path) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(room.files().newInputFile(path, -1).newStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode action = JSON.readTree(line);
                for (String kind : List.of("add", "remove", "cdc")) {
                    JsonNode file = action.path(kind);
                    if (file.hasNonNull("path")) {
                        JsonNode vector = file.path("deletionVector");
                        retain(
                                file.get("path").asText(),
                                vector.path("storageType").asText("i"),
                                vector.path("pathOrInlineDv").asText(""));
                    }
                }
            }
        } catch (FileNotFoundException e) {
            // The log is cleaned up by its own age: what the commit named has a tombstone, or is live.
            return;
        }
    }
}
