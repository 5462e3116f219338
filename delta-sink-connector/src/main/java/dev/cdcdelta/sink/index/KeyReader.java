package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.store.DamagedStoreException;
import dev.cdcdelta.sink.index.store.KeyHash;
import dev.cdcdelta.sink.log.LogContext;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the keys of live rows, and of remembered deletes, from files, several at a time, and hands them over in pieces to the calling thread.
 */
final class KeyReader {
    private static final Logger LOG = LoggerFactory.getLogger(KeyReader.class);
    private static final int PIECE = 16_384;
    private static final int THREADS =
            Math.min(4, Math.max(2, Runtime.getRuntime().availableProcessors()));
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final DeltaTable table;
    private final StoredKey keys;
    private final boolean hasVersions;

    /**
     * Rows of one file.
     *
     * @param file its place in the list of files
     * @param passed rows that no key stands for
     */
    record Piece(int file, List<FoundRow> rows, int passed) {}

    interface Target {
        void take(Piece piece) throws DamagedStoreException;
    }

    KeyReader(DeltaTable table) {
        this.table = table;
        this.keys = new StoredKey(table.snapshot().columns());
        this.hasVersions = CdcColumns.indexOf(table.snapshot().columns(), CdcColumns.IS_CURRENT) >= 0;
    }

    /**
     * Reads all files.
     *
     * @throws ConnectException if a row has no key
     */
    void read(List<DataFile> files, Target target) throws DamagedStoreException {
        if (files.isEmpty()) {
            return;
        }
        BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(2 * THREADS);
        AtomicInteger next = new AtomicInteger();
        int readers = Math.min(THREADS, files.size());
        LogContext context = LogContext.current();
        ExecutorService threads = Executors.newFixedThreadPool(readers, work -> {
            Thread thread = new Thread(context.around(work), "key-index-reader");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                running.add(threads.submit(() -> {
                    for (int file = next.getAndIncrement(); file < files.size(); file = next.getAndIncrement()) {
                        read(file, files.get(file), pieces);
                    }
                    return null;
                }));
            }
            handOver(files, pieces, running, next, target);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("Table " + table.location() + ": building the key index was interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void handOver(
            List<DataFile> files,
            BlockingQueue<Piece> pieces,
            List<Future<?>> running,
            AtomicInteger next,
            Target target)
            throws InterruptedException, DamagedStoreException {
        long told = System.nanoTime();
        long rows = 0;
        while (true) {
            boolean over = running.stream().allMatch(Future::isDone);
            Piece piece = over ? pieces.poll() : pieces.poll(20, TimeUnit.MILLISECONDS);
            if (piece != null) {
                rows += piece.rows().size();
                target.take(piece);
            } else if (over) {
                break;
            }
            for (Future<?> each : running) {
                if (each.isDone()) {
                    check(each);
                }
            }
            if (System.nanoTime() - told > PROGRESS_NANOS) {
                told = System.nanoTime();
                LOG.info(
                        "Table {}: key index: {} rows of {} of {} files read",
                        table.location(),
                        rows,
                        Math.min(next.get(), files.size()),
                        files.size());
            }
        }
    }

    private void check(Future<?> reader) throws InterruptedException {
        try {
            reader.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new ConnectException(
                    "Table " + table.location() + ": the keys of its rows could not be read: " + e.getCause()
                            + ". Restart the task; it reads them again",
                    e.getCause());
        }
    }

    private void read(int number, DataFile file, BlockingQueue<Piece> pieces) throws InterruptedException {
        try (CloseableIterator<StoredRow> stored = open(file)) {
            List<FoundRow> rows = new ArrayList<>();
            int passed = 0;
            boolean areDeletes = DeletesFiles.isOne(file);
            while (stored.hasNext()) {
                StoredRow row = stored.next();
                if (areDeletes || isCurrent(row)) {
                    rows.add(found(file, row));
                } else {
                    passed++;
                }
                if (rows.size() == PIECE) {
                    pieces.put(new Piece(number, rows, passed));
                    rows = new ArrayList<>();
                    passed = 0;
                }
            }
            pieces.put(new Piece(number, rows, passed));
        }
    }

    private CloseableIterator<StoredRow> open(DataFile file) {
        if (DeletesFiles.isOne(file)) {
            return table.readAll(file, keys.columns(CdcColumns.TIME, CdcColumns.ORDINAL));
        }
        // Where a row is a version of its document, only the current one stands for it.
        return table.read(
                file,
                hasVersions
                        ? keys.columns(CdcColumns.TIME, CdcColumns.ORDINAL, CdcColumns.IS_CURRENT)
                        : keys.columns(CdcColumns.TIME, CdcColumns.ORDINAL));
    }

    private boolean isCurrent(StoredRow row) {
        return !hasVersions || Boolean.TRUE.equals(row.values()[3]);
    }

    /** The first rows of a file. */
    List<FoundRow> first(DataFile file, int limit) {
        try (CloseableIterator<StoredRow> stored = open(file)) {
            List<FoundRow> rows = new ArrayList<>();
            while (stored.hasNext() && rows.size() < limit) {
                StoredRow row = stored.next();
                if (isCurrent(row)) {
                    rows.add(found(file, row));
                }
            }
            return rows;
        }
    }

    /** The canonical text of the key of a row, for messages. */
    String keyAt(DataFile file, long position) {
        try (CloseableIterator<StoredRow> stored = table.read(file, keys.columns())) {
            while (stored.hasNext()) {
                StoredRow row = stored.next();
                if (row.position() == position) {
                    return key(file, row).canonical();
                }
            }
        }
        return "(a row that is gone)";
    }

    private FoundRow found(DataFile file, StoredRow row) {
        SourceVersion version = version(row.values());
        return new FoundRow(
                KeyHash.of(key(file, row).canonical()), row.position(), version.timeMillis(), version.ordinal());
    }

    private DocumentKey key(DataFile file, StoredRow row) {
        DocumentKey key = keys.of(row.values());
        if (key == null) {
            throw new ConnectException("Row " + row.position() + " of " + file.path() + " in " + table.location()
                    + " has no _id: somebody else wrote it. Delete the rows whose _id is null, then restart the task");
        }
        return key;
    }

    private static SourceVersion version(@Nullable Object[] values) {
        Long micros = (Long) values[1];
        Integer ordinal = (Integer) values[2];
        return micros == null
                ? SourceVersion.UNKNOWN
                : new SourceVersion(Math.floorDiv(micros, 1000L), ordinal == null ? 0 : ordinal);
    }
}
