package dev.cdcdelta.sink.index.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Entries by key hash ({@link PageTable}), and the files of the table that they are of, on disk. Confined to one thread at a time.
 *
 * <p>A store begins empty and <em>loading</em>: writes go to the pages at once, and a kill leaves nothing that opens. After {@link
 * #finishLoading} each batch is journalled, see {@link Writes}, and brought to its pages behind the caller's back: what fails there fails
 * the next batch, or the end.
 */
public final class HashStore implements AutoCloseable {
    /** Beyond this the log is written anew as one frame, unless that would be most of it again. */
    private static final long LOG_SLACK = 1 << 20;

    private final StoreIdentity identity;
    private final StoreFiles files;
    private final SessionMark session;
    private final Map<String, StoredFile> covered;
    private final PageTable pages;
    private long tableVersion;
    private int nextNumber;
    private long logSize;
    private long startedLogSize;
    private boolean loading;
    private boolean broken;

    /** Decides about one key of a batch. */
    @FunctionalInterface
    public interface Edit {
        /** @return the entry to store; null for none */
        @Nullable
        Entry after(int index, @Nullable Entry before);
    }

    private HashStore(
            Path folder, StoreIdentity identity, StoreFiles files, StoreLog.Content content, PageTable pages) {
        this.identity = identity;
        this.files = files;
        this.session = new SessionMark(folder);
        this.covered = content.files();
        this.pages = pages;
        this.tableVersion = content.tableVersion();
        this.nextNumber = content.nextNumber();
    }

    /** An empty store in the place of whatever is in the folder. */
    public static HashStore create(Path folder, StoreIdentity identity, Disk disk) throws IOException {
        Files.createDirectories(folder);
        clear(folder);
        StoreFiles files = new StoreFiles(folder, disk);
        try {
            PageTable pages = PageTable.create(files);
            StoreLog.Content empty = new StoreLog.Content(pages.shape(), -1, 1, new HashMap<>());
            HashStore store = new HashStore(folder, identity, files, empty, pages);
            store.loading = true;
            return store;
        } catch (IOException e) {
            files.close();
            throw e;
        }
    }

    /** Deletes a store's files, and frees their space even where a former store of this process has them mapped. */
    public static void clear(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            for (Path file : content.toList()) {
                if (!file.endsWith("lock") && !Files.isDirectory(file)) {
                    FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                            .close();
                    Files.delete(file);
                }
            }
        }
    }

    /** Whether there is something to open. */
    public static boolean isIn(Path folder) throws IOException {
        Path log = folder.resolve("log");
        return Files.exists(log) && Files.size(log) > 0;
    }

    public static HashStore open(Path folder, StoreIdentity identity, Disk disk)
            throws IOException, DamagedStoreException {
        StoreFiles files = new StoreFiles(folder, disk);
        try {
            new SessionMark(folder).check();
            Writes.replay(files);
            ByteBuffer log = ByteBuffer.allocate(Math.toIntExact(files.size(StoreFiles.LOG)));
            files.read(StoreFiles.LOG, log, 0);
            StoreLog.Content content = StoreLog.read(log.flip(), identity);
            HashStore store = new HashStore(folder, identity, files, content, PageTable.open(files, content.shape()));
            store.logSize = files.size(StoreFiles.LOG);
            store.startedLogSize = store.logSize;
            store.session.set();
            return store;
        } catch (EOFException e) {
            files.close();
            throw new DamagedStoreException("it is cut off: " + e.getMessage(), e);
        } catch (IOException | DamagedStoreException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /** The files that the store covers, by path; to be changed through batches only. */
    public Map<String, StoredFile> files() {
        return covered;
    }

    public long tableVersion() {
        return tableVersion;
    }

    public int nextNumber() {
        return nextNumber;
    }

    /** Stored entries, those of dead rows and forgotten tombstones included. */
    public long entries() {
        return pages.entries();
    }

    public boolean isLoading() {
        return loading;
    }

    public @Nullable Entry get(KeyHash key) throws IOException, DamagedStoreException {
        if (pages.entries() == 0) {
            return null;
        }
        requireWhole();
        return pages.get(key);
    }

    /**
     * One batch: all of it is kept, or nothing.
     *
     * @param garbage entries that may be forgotten
     * @param changes asked for after all edits
     */
    public void update(List<KeyHash> keys, Edit edit, Predicate<Entry> garbage, Supplier<FileChanges> changes)
            throws IOException, DamagedStoreException {
        begin();
        Writes writes = new Writes();
        pages.edit(keys, edit, garbage, loading ? null : writes);
        FileChanges settled = changes.get();
        accept(settled);
        if (!loading) {
            ByteBuffer frame = StoreLog.frame(pages.shape(), settled);
            int length = frame.remaining();
            writes.add(StoreFiles.LOG, logSize, frame);
            writes.save(files);
            files.carryOut(writes);
            logSize += length;
            if (logSize > LOG_SLACK + 4 * startedLogSize) {
                files.awaitCarriedOut();
                rewriteLog();
            }
        }
        broken = false;
    }

    /** From here on the store can be opened again. */
    public void finishLoading() throws IOException {
        begin();
        pages.writeDirectory();
        session.set();
        rewriteLog();
        loading = false;
        broken = false;
    }

    private void rewriteLog() throws IOException {
        // A journal replayed onto the other log would write into the middle of it.
        files.truncate(StoreFiles.JOURNAL, 0);
        FileChanges all = new FileChanges(tableVersion, nextNumber, List.copyOf(covered.values()), Set.of());
        ByteBuffer log = StoreLog.start(identity, pages.shape(), all);
        logSize = log.remaining();
        startedLogSize = logSize;
        files.replaceLog(log);
    }

    private void accept(FileChanges changes) {
        tableVersion = changes.tableVersion();
        nextNumber = changes.nextNumber();
        changes.removed().forEach(covered::remove);
        changes.put().forEach(file -> covered.put(file.path(), file));
    }

    /** After a write that failed, memory is ahead of the disk: only opening the store again brings the two together. */
    private void requireWhole() throws IOException {
        if (broken) {
            throw new IOException("a write to the index failed before");
        }
    }

    private void begin() throws IOException {
        requireWhole();
        broken = true;
        files.awaitCarriedOut();
    }

    /** Lets go of files that are to be overwritten. */
    public void abandon() throws IOException {
        files.close();
    }

    /** Leaves a store that opens again, unless it was still loading. */
    @Override
    public void close() throws IOException {
        try (files) {
            if (!loading && !broken) {
                files.awaitCarriedOut();
                files.force();
                session.clear();
            }
        }
    }
}
