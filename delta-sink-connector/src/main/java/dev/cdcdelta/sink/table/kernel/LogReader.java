package dev.cdcdelta.sink.table.kernel;

import static io.delta.kernel.internal.TableConfig.IN_COMMIT_TIMESTAMPS_ENABLED;

import dev.cdcdelta.sink.table.storage.WarehouseFiles;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.replay.ActionsIterator;
import io.delta.kernel.internal.replay.LogReplay;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a table's state from its log. */
final class LogReader {
    private final Engine engine;
    private final String location;
    private final LiveFile.RowCounter rowCounter;
    private final LogTail tail;
    private final FilePacker packer;

    LogReader(Engine engine, WarehouseFiles files, String location, LogTail tail, FilePacker packer) {
        this.packer = packer;
        this.tail = tail;
        this.engine = engine;
        this.location = location;
        this.rowCounter = (path, size) -> ParquetFooters.rowCount(files, TablePaths.absolute(location, path), size);
    }

    /** The newest snapshot, or empty if there is no table. */
    Optional<SnapshotImpl> newest() {
        try {
            return Optional.of(
                    (SnapshotImpl) TableManager.loadSnapshot(location).build(engine));
        } catch (TableNotFoundException e) {
            return Optional.empty();
        }
    }

    SnapshotImpl at(long version) {
        return (SnapshotImpl)
                TableManager.loadSnapshot(location).atVersion(version).build(engine);
    }

    TableState state(SnapshotImpl snapshot) throws IOException {
        boolean timed = IN_COMMIT_TIMESTAMPS_ENABLED.fromMetadata(snapshot.getMetadata());
        return TableState.of(
                location,
                snapshot.getVersion(),
                snapshot.getProtocol(),
                snapshot.getMetadata(),
                PersistentMap.of(liveFiles(snapshot)),
                PersistentMap.of(transactions(snapshot)),
                snapshot.getActiveDomainMetadataMap(),
                timed ? Optional.of(snapshot.getTimestamp(engine)) : Optional.empty(),
                tail.mark(snapshot.getVersion()));
    }

    /** The public scan leaves statistics out, without which a file can be given no deletion vector. */
    private Map<String, LiveFile> liveFiles(SnapshotImpl snapshot) throws IOException {
        ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
        Map<String, LiveFile> files = new LinkedHashMap<>();
        try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    while (rows.hasNext()) {
                        Row add = rows.next().getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL);
                        LiveFile file = LiveFile.of(add, rowCounter, packer);
                        files.put(file.file().path(), file);
                    }
                }
            }
        }
        return files;
    }

    /** Newest first, as the log is replayed backwards: the first version seen of an identifier is the one that counts. */
    private Map<String, Long> transactions(SnapshotImpl snapshot) throws IOException {
        Map<String, Long> transactions = new HashMap<>();
        try (ActionsIterator actions = new ActionsIterator(
                engine,
                snapshot.getLogSegment().allFilesWithCompactionsReversed(),
                LogReplay.SET_TRANSACTION_READ_SCHEMA,
                Optional.empty())) {
            while (actions.hasNext()) {
                ColumnVector vector = actions.next().getColumnarBatch().getColumnVector(0);
                for (int row = 0; row < vector.getSize(); row++) {
                    SetTransaction transaction = SetTransaction.fromColumnVector(vector, row);
                    if (transaction != null) {
                        transactions.putIfAbsent(transaction.getAppId(), transaction.getVersion());
                    }
                }
            }
        }
        return transactions;
    }
}
