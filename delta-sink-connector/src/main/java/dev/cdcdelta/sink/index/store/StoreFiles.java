package dev.cdcdelta.sink.index.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The open files of one store. A batch that is journalled may be carried out by another thread, while pages read as if that were done
 * already. For one thread beside that one.
 */
final class StoreFiles implements AutoCloseable {
    static final int DIRECTORY = 0;
    static final int PAGES = 1;
    static final int LOG = 2;
    static final int JOURNAL = 3;
    private static final List<String> NAMES = List.of("directory", "pages", "log", "journal");

    private final Path folder;
    private final Disk disk;
    private final FileChannel[] channels = new FileChannel[NAMES.size()];
    private final MappedPages mapped;

    /** The batch that is being carried out, or failed to be. */
    private volatile @Nullable Writes underWay;

    private CompletableFuture<Void> carriedOut = CompletableFuture.completedFuture(null);

    StoreFiles(Path folder, Disk disk) throws IOException {
        this.folder = folder;
        this.disk = disk;
        for (int i = 0; i < channels.length; i++) {
            channels[i] = open(folder.resolve(NAMES.get(i)));
        }
        mapped = new MappedPages(channels[PAGES], folder.resolve(NAMES.get(PAGES)));
        mapped.reached(channels[PAGES].size());
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    void write(int file, ByteBuffer bytes, long offset) throws IOException {
        long end = offset + bytes.remaining();
        disk.write(channels[file], bytes, offset);
        if (file == PAGES) {
            mapped.reached(end);
        }
    }

    void read(int file, ByteBuffer into, long offset) throws IOException {
        long at = offset;
        while (into.hasRemaining()) {
            int count = channels[file].read(into, at);
            if (count < 0) {
                throw new EOFException(folder.resolve(NAMES.get(file)) + " ends at " + at);
            }
            at += count;
        }
    }

    /**
     * Begins to carry a journalled batch out. It ends before anything else is written.
     *
     * @throws IOException if it has failed by now
     */
    void carryOut(Writes batch) throws IOException {
        underWay = batch;
        carriedOut = CompletableFuture.runAsync(
                () -> {
                    try {
                        batch.carryOut(this);
                        underWay = null;
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                disk::later);
        if (carriedOut.isDone()) {
            awaitCarriedOut();
        }
    }

    /** @throws IOException if a batch could not be carried out */
    void awaitCarriedOut() throws IOException {
        try {
            carriedOut.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException failure) {
                throw new IOException(failure.getMessage(), failure);
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    /**
     * Reads a page up to where the file ends: the last one is as long as its entries. Of a batch under way, it may find any part in the
     * file; all of it is laid over that, and the rest of the page is what it was.
     */
    void readPage(ByteBuffer into, long offset) throws IOException {
        Writes batch = underWay;
        readStored(into, offset);
        if (batch != null) {
            batch.layOver(into, offset);
        }
    }

    private void readStored(ByteBuffer into, long offset) throws IOException {
        if (mapped.read(into, offset)) {
            return;
        }
        long at = offset;
        while (into.hasRemaining()) {
            int count = channels[PAGES].read(into, at);
            if (count < 0) {
                break;
            }
            at += count;
        }
        if (at < offset + Page.HEADER) {
            throw new EOFException(folder.resolve(NAMES.get(PAGES)) + " ends at " + at);
        }
    }

    long size(int file) throws IOException {
        return channels[file].size();
    }

    void truncate(int file, long size) throws IOException {
        channels[file].truncate(size);
    }

    /** Puts another log in the place of this one, at once. */
    void replaceLog(ByteBuffer content) throws IOException {
        Path log = folder.resolve(NAMES.get(LOG));
        Path next = folder.resolve("log.next");
        Files.deleteIfExists(next);
        FileChannel written = open(next);
        try {
            disk.write(written, content, 0);
            Files.move(next, log, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            written.close();
            throw e;
        }
        channels[LOG].close();
        channels[LOG] = written;
    }

    void force() throws IOException {
        for (FileChannel channel : channels) {
            channel.force(true);
        }
    }

    /** Once nobody writes any more. */
    @Override
    public void close() throws IOException {
        carriedOut.handle((done, failure) -> done).join();
        for (FileChannel channel : channels) {
            channel.close();
        }
    }
}
