package dev.cdcdelta.sink.index.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which page a key is in, by the low bits of its hash: a power of two of page numbers, in memory and in a file. */
final class PageDirectory {
    private int[] pages;
    private int depth;

    private PageDirectory(int[] pages, int depth) {
        this.pages = pages;
        this.depth = depth;
    }

    /** All keys are in page 0. */
    static PageDirectory ofOnePage() {
        return new PageDirectory(new int[1], 0);
    }

    static PageDirectory read(StoreFiles files, StoreLog.Shape shape) throws IOException, DamagedStoreException {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES << shape.depth()).order(ByteOrder.LITTLE_ENDIAN);
        files.read(StoreFiles.DIRECTORY, bytes, 0);
        int[] pages = new int[1 << shape.depth()];
        bytes.flip().asIntBuffer().get(pages);
        for (int page : pages) {
            if (page < 0 || page >= shape.pages()) {
                throw new DamagedStoreException("its directory leads to page " + page + " of " + shape.pages());
            }
        }
        return new PageDirectory(pages, shape.depth());
    }

    /** How many bits of the hash it takes. */
    int depth() {
        return depth;
    }

    int pageOf(KeyHash key) {
        return pages[key.slotBits() & (pages.length - 1)];
    }

    /**
     * Takes one bit more of the hash, which changes no key's page. The upper half of the file is in no use until a frame of the log says
     * so, and may be written at once.
     *
     * @param files null while nothing of the directory is stored yet
     */
    void grow(@Nullable StoreFiles files) throws IOException {
        int size = pages.length;
        pages = Arrays.copyOf(pages, Math.multiplyExact(size, 2));
        System.arraycopy(pages, 0, pages, size, size);
        depth++;
        if (files != null) {
            files.write(StoreFiles.DIRECTORY, bytes(size, size), (long) Integer.BYTES * size);
        }
    }

    /**
     * A page was added for the keys of a prefix.
     *
     * @param prefixBits how long the prefix is
     * @param writes null while nothing of the directory is stored yet
     */
    void lead(int prefix, int prefixBits, int page, @Nullable Writes writes) {
        for (int slot = prefix; slot < pages.length; slot += 1 << prefixBits) {
            pages[slot] = page;
            if (writes != null) {
                writes.add(StoreFiles.DIRECTORY, (long) Integer.BYTES * slot, bytes(slot, 1));
            }
        }
    }

    void write(StoreFiles files) throws IOException {
        files.write(StoreFiles.DIRECTORY, bytes(0, pages.length), 0);
    }

    private ByteBuffer bytes(int first, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(pages, first, count);
        return bytes;
    }
}
