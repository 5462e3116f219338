package dev.cdcdelta.sink.index.store;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Entries by key hash: extendible hashing over pages of 4 KiB. A full page is split in two, alone, so growing never stops the world; the
 * directory, 4 bytes for about 25 to 50 keys, is all that is in memory.
 */
final class PageTable {
    private final StoreFiles files;
    private final PageDirectory directory;
    private final Page reading = new Page();
    private Page current = new Page();
    private Page split = new Page();
    private int readPage = -1;
    private int pages;
    private long entries;

    private PageTable(StoreFiles files, PageDirectory directory, StoreLog.Shape shape) {
        this.files = files;
        this.directory = directory;
        this.pages = shape.pages();
        this.entries = shape.entries();
    }

    /** One empty page. */
    static PageTable create(StoreFiles files) throws IOException {
        PageTable table = new PageTable(files, PageDirectory.ofOnePage(), new StoreLog.Shape(0, 1, 0));
        table.current.begin(0, 0, 0);
        table.writeWhole(table.current);
        return table;
    }

    static PageTable open(StoreFiles files, StoreLog.Shape shape) throws IOException, DamagedStoreException {
        return new PageTable(files, PageDirectory.read(files, shape), shape);
    }

    /** What the log has to say of it. */
    StoreLog.Shape shape() {
        return new StoreLog.Shape(directory.depth(), pages, entries);
    }

    /** Stored entries, garbage included. */
    long entries() {
        return entries;
    }

    /** Stores the directory, from which on {@link #edit} keeps what is stored of it. */
    void writeDirectory() throws IOException {
        directory.write(files);
    }

    @Nullable
    Entry get(KeyHash key) throws IOException, DamagedStoreException {
        int number = directory.pageOf(key);
        if (number != readPage) {
            readPage = -1;
            read(reading, number, key);
            readPage = number;
        }
        return reading.get(key);
    }

    /**
     * One batch of changes.
     *
     * @param garbage entries that may be forgotten
     * @param writes takes what may not be written before the batch is journalled; null where everything may be written at once
     */
    void edit(List<KeyHash> keys, HashStore.Edit edit, Predicate<Entry> garbage, @Nullable Writes writes)
            throws IOException, DamagedStoreException {
        readPage = -1;
        int oldPages = writes == null ? 0 : pages;
        int loaded = -1;
        for (long each : inPageOrder(keys)) {
            int index = (int) each;
            KeyHash key = keys.get(index);
            int number = directory.pageOf(key);
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
        if (current.depth() == directory.depth()) {
            directory.grow(writes == null ? null : files);
        }
        int added = pages++;
        current.split(split, added);
        directory.lead(split.prefix(), split.depth(), added, writes);
        boolean goes = directory.pageOf(key) == added;
        save(goes ? current : split, oldPages, writes);
        if (goes) {
            Page done = current;
            current = split;
            split = done;
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

    private static long offset(int page) {
        return (long) Page.BYTES * page;
    }
}
