package dev.cdcdelta.sink.index.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages through memory that the system's cache of the file is mapped into: a lookup costs a copy instead of a call of the system.
 * Only segments that the file fills are mapped, and nothing is written this way: a full disk stays the error of a write. Java unmaps
 * when it collects garbage; until then a deleted file keeps its space, unless it is cut to nothing first. For any number of threads.
 */
final class MappedPages {
    private static final int SEGMENT = 1 << 22;

    private final FileChannel file;
    private final Path name;
    private volatile AtomicReferenceArray<@Nullable MappedByteBuffer> segments = new AtomicReferenceArray<>(16);
    private volatile long size;

    MappedPages(FileChannel file, Path name) {
        this.file = file;
        this.name = name;
    }

    /** @return false if the page is in no mapped segment */
    boolean read(ByteBuffer into, long offset) throws IOException {
        MappedByteBuffer segment = segment((int) (offset / SEGMENT));
        if (segment == null) {
            return false;
        }
        try {
            int length = into.remaining();
            into.put(into.position(), segment, (int) (offset % SEGMENT), length);
            into.position(into.limit());
            return true;
        } catch (InternalError e) {
            // What the system's failure to read a mapped page, or a file cut off under it, becomes.
            throw new IOException(name + " could not be read at " + offset, e);
        }
    }

    private @Nullable MappedByteBuffer segment(int number) throws IOException {
        AtomicReferenceArray<@Nullable MappedByteBuffer> known = segments;
        MappedByteBuffer segment = number < known.length() ? known.get(number) : null;
        return segment == null && (number + 1L) * SEGMENT <= size ? map(number) : segment;
    }

    private synchronized MappedByteBuffer map(int number) throws IOException {
        if (number >= segments.length()) {
            AtomicReferenceArray<@Nullable MappedByteBuffer> more =
                    new AtomicReferenceArray<>(Math.max(2 * segments.length(), number + 1));
            for (int i = 0; i < segments.length(); i++) {
                more.set(i, segments.get(i));
            }
            segments = more;
        }
        MappedByteBuffer segment = segments.get(number);
        if (segment == null) {
            segment = file.map(FileChannel.MapMode.READ_ONLY, (long) number * SEGMENT, SEGMENT);
            segments.set(number, segment);
        }
        return segment;
    }

    /** The file has at least this size. */
    synchronized void reached(long end) {
        size = Math.max(size, end);
    }
}
