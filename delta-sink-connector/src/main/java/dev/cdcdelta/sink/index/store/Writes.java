package dev.cdcdelta.sink.index.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The journal of one batch: bytes and where they go. All of it is on disk before the first of them is carried out, and carrying it out
 * again changes nothing; so a kill at any moment leaves the store as it was before the batch, or as after it.
 */
final class Writes {
    private static final long MAGIC = 0x6364634a4f55524eL;
    private static final int HEADER = 24;
    private static final int RECORD_HEADER = 14;

    private final ByteBuffer whole = ByteBuffer.allocateDirect(Page.BYTES);
    private ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    /** The page of each run of writes to one page, and where the run begins: both in one number, to be sorted by page. */
    private long[] pages = new long[64];

    private int pageCount;
    private long lastPage = -1;

    Writes() {
        bytes.position(HEADER);
    }

    void add(int file, long offset, ByteBuffer content) {
        int length = content.remaining();
        require(RECORD_HEADER + length);
        long page = file == StoreFiles.PAGES ? offset / Page.BYTES : -1;
        if (page >= 0 && page != lastPage) {
            pages = pageCount == pages.length ? Arrays.copyOf(pages, 2 * pageCount) : pages;
            pages[pageCount++] = page << Integer.SIZE | bytes.position();
        }
        lastPage = page;
        bytes.putShort((short) file).putLong(offset).putInt(length).put(content);
    }

    private void require(int more) {
        if (bytes.remaining() < more) {
            int size = Math.max(Math.multiplyExact(bytes.capacity(), 2), bytes.position() + more);
            bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).put(bytes.flip());
        }
    }

    void save(StoreFiles files) throws IOException {
        int end = bytes.position();
        bytes.putLong(0, MAGIC).putLong(8, end - HEADER).putLong(16, checksum(bytes, end));
        files.write(StoreFiles.JOURNAL, bytes.duplicate().flip(), 0);
        Arrays.sort(pages, 0, pageCount);
    }

    /** Lays what a saved batch writes to a page over the page as it was read. For any thread. */
    void layOver(ByteBuffer page, long offset) {
        long number = offset / Page.BYTES;
        int found = Arrays.binarySearch(pages, 0, pageCount, number << Integer.SIZE);
        for (int i = -1 - found; i < pageCount && pages[i] >>> Integer.SIZE == number; i++) {
            int end = bytes.position();
            for (int at = (int) pages[i]; at < end && isIn(offset, at); at = next(at)) {
                page.put((int) (offset(at) - offset), bytes, at + RECORD_HEADER, length(at));
            }
        }
    }

    /** What goes to one page is one write: the page as it is, with the changed bytes laid over it. */
    void carryOut(StoreFiles files) throws IOException {
        int end = bytes.position();
        int at = HEADER;
        while (at < end) {
            at = file(at) == StoreFiles.PAGES ? carryOutPage(files, at, end) : carryOutOne(files, at);
        }
    }

    private int carryOutOne(StoreFiles files, int at) throws IOException {
        files.write(file(at), content(at), offset(at));
        return next(at);
    }

    private int carryOutPage(StoreFiles files, int first, int end) throws IOException {
        long page = offset(first) - offset(first) % Page.BYTES;
        files.readPage(whole.clear(), page);
        int from = Page.BYTES;
        int to = 0;
        int at = first;
        while (at < end && isIn(page, at)) {
            int start = (int) (offset(at) - page);
            whole.put(start, bytes, at + RECORD_HEADER, length(at));
            from = Math.min(from, start);
            to = Math.max(to, start + length(at));
            at = next(at);
        }
        files.write(StoreFiles.PAGES, whole.limit(to).position(from), page + from);
        return at;
    }

    private boolean isIn(long page, int at) {
        return file(at) == StoreFiles.PAGES && offset(at) - page >= 0 && offset(at) - page < Page.BYTES;
    }

    private int file(int at) {
        return bytes.getShort(at);
    }

    private long offset(int at) {
        return bytes.getLong(at + 2);
    }

    private int length(int at) {
        return bytes.getInt(at + 10);
    }

    private int next(int at) {
        return at + RECORD_HEADER + length(at);
    }

    private ByteBuffer content(int at) {
        return bytes.duplicate().limit(next(at)).position(at + RECORD_HEADER);
    }

    /** Carries out the batch whose journal is complete; one that is not was never begun. */
    static void replay(StoreFiles files) throws IOException {
        long size = files.size(StoreFiles.JOURNAL);
        if (size < HEADER) {
            return;
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        files.read(StoreFiles.JOURNAL, header, 0);
        long length = header.getLong(8);
        if (header.getLong(0) != MAGIC || length < 0 || length > size - HEADER) {
            return;
        }
        Writes saved = new Writes();
        saved.bytes = ByteBuffer.allocate(Math.toIntExact(HEADER + length)).order(ByteOrder.LITTLE_ENDIAN);
        files.read(StoreFiles.JOURNAL, saved.bytes, 0);
        if (checksum(saved.bytes, saved.bytes.position()) == header.getLong(16)) {
            saved.carryOut(files);
        }
    }

    private static long checksum(ByteBuffer bytes, int end) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate().limit(end).position(HEADER));
        return checksum.getValue();
    }
}
