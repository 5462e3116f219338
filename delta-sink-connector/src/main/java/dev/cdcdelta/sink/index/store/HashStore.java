package dev.cdcdelta.sink.index.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Entries by key hash: extendible hashing over pages of 4 KiB. A full page is split in two, alone, so growing never stops the world; a
 * directory of the low hash bits, 4 bytes for about 25 to 50 keys, is all that is in memory. Confined to one thread at a time.
 *
 * <p>A store begins empty and <em>loading</em>: writes go to the pages at once, and a kill leaves nothing that opens. After {@link
 * #finishLoading} each batch is journalled, see {@link Writes}.
 */
public final class HashStore implements AutoCloseable {
    /** Beyond this the log is written anew as one frame, unless that would be most of it again. */
    private static final long LOG_SLACK = 1 << 20;

    private final StoreIdentity identity;
    private final StoreFiles files;
    private final SessionMark session;
    private final Map<String, StoredFile> covered;
    private final Page reading = new Page();
    private Page current = new Page();
    private Page split = new Page();
    private int readPage = -1;
    private int[] directory;
    private int depth;
    private int pages;
    private long entries;
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
            Path folder, StoreIdentity identity, StoreFiles files, StoreLog.Content content, int[] directory) {
        this.identity = identity;
        this.files = files;
        this.session = new SessionMark(folder);
        this.covered = content.files();
        this.directory = directory;
        this.depth = content.shape().depth();
        this.pages = content.shape().pages();
        this.entries = content.shape().entries();
        this.tableVersion = content.tableVersion();
        this.nextNumber = content.nextNumber();
    }

    /** An empty store in the place of whatever is in the folder. */
    public static HashStore create(Path folder, StoreIdentity identity, Disk disk) throws IOException {
        Files.createDirectories(folder);
        clear(folder);
        StoreFiles files = new StoreFiles(folder, disk);
        StoreLog.Content empty = new StoreLog.Content(new StoreLog.Shape(0, 1, 0), -1, 1, new HashMap<>());
        HashStore store = new HashStore(folder, identity, files, empty, new int[1]);
        store.loading = true;
        store.current.begin(0, 0, 0);
        try {
            store.writeWhole(store.current);
        } catch (IOException e) {
            files.close();
            throw e;
        }
        return store;
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
            HashStore store = new HashStore(folder, identity, files, content, readDirectory(files, content.shape()));
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

    private static int[] readDirectory(StoreFiles files, StoreLog.Shape shape)
            throws IOException, DamagedStoreException {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES << shape.depth()).order(ByteOrder.LITTLE_ENDIAN);
        files.read(StoreFiles.DIRECTORY, bytes, 0);
        int[] directory = new int[1 << shape.depth()];
        bytes.flip().asIntBuffer().get(directory);
        for (int page : directory) {
            if (page < 0 || page >= shape.pages()) {
                throw new DamagedStoreException("its directory leads to page " + page + " of " + shape.pages());
            }
        }
        return directory;
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
        return entries;
    }

    public boolean isLoading() {
        return loading;
    }

    public @Nullable Entry get(KeyHash key) throws IOException, DamagedStoreException {
        if (entries == 0) {
            return null;
        }
        requireWhole();
        int number = pageOf(key);
        if (number != readPage) {
            readPage = -1;
            read(reading, number, key);
            readPage = number;
        }
        return reading.get(key);
    }

    /**
     * One batch: all of it is kept, or nothing.
     *
     * @param garbage entries that may be forgotten
     * @param changes asked for after all edits
     */
    public void update(List<KeyHash> keys, Edit edit, Predicate<Entry> garbage, Supplier<FileChanges> changes)
            throws IOException, DamagedStoreException {
        requireWhole();
        broken = true;
        Writes writes = new Writes();
        edit(keys, edit, garbage, loading ? null : writes);
        FileChanges settled = changes.get();
        accept(settled);
        if (!loading) {
            ByteBuffer frame = StoreLog.frame(shape(), settled);
            int length = frame.remaining();
            writes.add(StoreFiles.LOG, logSize, frame);
            writes.save(files);
            writes.carryOut(files);
            logSize += length;
            if (logSize > LOG_SLACK + 4 * startedLogSize) {
                rewriteLog();
            }
        }
        broken = false;
    }

    /** From here on the store can be opened again. */
    public void finishLoading() throws IOException {
        requireWhole();
        broken = true;
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * directory.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(directory);
        files.write(StoreFiles.DIRECTORY, bytes, 0);
        session.set();
        rewriteLog();
        loading = false;
        broken = false;
    }

    private void rewriteLog() throws IOException {
        // A journal replayed onto the other log would write into the middle of it.
        files.truncate(StoreFiles.JOURNAL, 0);
        FileChanges all = new FileChanges(tableVersion, nextNumber, List.copyOf(covered.values()), Set.of());
        ByteBuffer log = StoreLog.start(identity, shape(), all);
        logSize = log.remaining();
        startedLogSize = logSize;
        files.replaceLog(log);
    }

    private StoreLog.Shape shape() {
        return new StoreLog.Shape(depth, pages, entries);
    }

    private void accept(FileChanges changes) {
        tableVersion = changes.tableVersion();
        nextNumber = changes.nextNumber();
        changes.removed().forEach(covered::remove);
        changes.put().forEach(file -> covered.put(file.path(), file));
    }

    private void edit(List<KeyHash> keys, Edit edit, Predicate<Entry> garbage, @Nullable Writes writes)
            throws IOException, DamagedStoreException {
        readPage = -1;
        int oldPages = loading ? 0 : pages;
        int loaded = -1;
        for (long each : inPageOrder(keys)) {
            int index = (int) each;
            KeyHash key = keys.get(index);
            int number = pageOf(key);
            if (number != loaded) {
                if (loaded >= 0) {
                    save(current, oldPages, writes);
                }
                read(current, number, key);
                loaded = number;
            }
            int at = current.find(key);
            Entry before = at < 0 ? null : current.entry(at);
            Entry after = edit.after(index, before);
            if (after == null) {
                if (at >= 0) {
                    current.remove(at);
                    entries--;
                }
            } else if (at < 0) {
                loaded = insert(key, after, garbage, oldPages, writes);
            } else if (!after.equals(before)) {
                current.set(at, key, after);
            }
        }
        if (loaded >= 0) {
            save(current, oldPages, writes);
        }
    }

    /** Sorted so that every page is visited once, however often it is split meanwhile. */
    private static long[] inPageOrder(List<KeyHash> keys) {
        long[] order = new long[keys.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = (keys.get(i).order() << Integer.SIZE | i) ^ Long.MIN_VALUE;
        }
        Arrays.sort(order);
        return order;
    }

    private int insert(KeyHash key, Entry entry, Predicate<Entry> garbage, int oldPages, @Nullable Writes writes)
            throws IOException {
        while (current.count() == Page.CAPACITY) {
            int dropped = current.removeIf(garbage);
            entries -= dropped;
            if (dropped == 0) {
                splitFor(key, oldPages, writes);
            }
        }
        current.append(key, entry);
        entries++;
        return current.number();
    }

    private void splitFor(KeyHash key, int oldPages, @Nullable Writes writes) throws IOException {
        if (current.depth() == depth) {
            doubleDirectory();
        }
        int added = pages++;
        current.split(split, added);
        int step = 1 << split.depth();
        for (int slot = split.prefix(); slot < directory.length; slot += step) {
            directory[slot] = added;
            if (writes != null) {
                ByteBuffer number = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                writes.add(StoreFiles.DIRECTORY, (long) Integer.BYTES * slot, number.putInt(0, added));
            }
        }
        boolean goes = pageOf(key) == added;
        save(goes ? current : split, oldPages, writes);
        if (goes) {
            Page done = current;
            current = split;
            split = done;
        }
    }

    /** The upper half of the file is in no use until a frame of the log says so. */
    private void doubleDirectory() throws IOException {
        int size = directory.length;
        directory = Arrays.copyOf(directory, Math.multiplyExact(size, 2));
        System.arraycopy(directory, 0, directory, size, size);
        depth++;
        if (!loading) {
            ByteBuffer upper = ByteBuffer.allocate(Integer.BYTES * size).order(ByteOrder.LITTLE_ENDIAN);
            upper.asIntBuffer().put(directory, size, size);
            files.write(StoreFiles.DIRECTORY, upper, (long) Integer.BYTES * size);
        }
    }

    /** A page that no frame counts yet may be written at once, and wholly. */
    private void save(Page page, int oldPages, @Nullable Writes writes) throws IOException {
        if (!page.headerChanged) {
            return;
        }
        if (writes == null || page.number() >= oldPages) {
            writeWhole(page);
            return;
        }
        page.seal();
        long offset = offset(page.number());
        writes.add(StoreFiles.PAGES, offset, page.slice(0, Page.HEADER));
        int from = page.changed.nextSetBit(0);
        while (from >= 0) {
            int to = page.changed.nextClearBit(from);
            int start = Page.HEADER + from * Page.ENTRY;
            writes.add(StoreFiles.PAGES, offset + start, page.slice(start, (to - from) * Page.ENTRY));
            from = page.changed.nextSetBit(to);
        }
    }

    private void writeWhole(Page page) throws IOException {
        page.seal();
        files.write(StoreFiles.PAGES, page.slice(0, page.usedBytes()), offset(page.number()));
    }

    private void read(Page page, int number, KeyHash key) throws IOException, DamagedStoreException {
        try {
            files.readPage(page.buffer(), offset(number));
        } catch (EOFException e) {
            throw new DamagedStoreException("it is cut off: " + e.getMessage(), e);
        }
        page.check(number, key.slotBits());
    }

    private int pageOf(KeyHash key) {
        return directory[key.slotBits() & (directory.length - 1)];
    }

    private static long offset(int page) {
        return (long) Page.BYTES * page;
    }

    /** After a write that failed, memory is ahead of the disk: only opening the store again brings the two together. */
    private void requireWhole() throws IOException {
        if (broken) {
            throw new IOException("a write to the index failed before");
        }
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
                files.force();
                session.clear();
            }
        }
    }
}
