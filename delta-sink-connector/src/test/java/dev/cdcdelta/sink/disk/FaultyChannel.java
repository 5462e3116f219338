package dev.cdcdelta.sink.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An open file whose writes may fail, or be the last thing that the process does. */
final class FaultyChannel extends FileChannel {
    private final Path path;
    private final FileChannel real;

    FaultyChannel(Path path, FileChannel real) {
        this.path = path;
        this.real = real;
        DiskFaults.opened(real);
    }

    private FileChannel real() {
        DiskFaults.requireAlive(path);
        return real;
    }

    private static ByteBuffer firstHalf(ByteBuffer bytes) {
        return bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        return DiskFaults.write(path, () -> real.write(firstHalf(bytes)), () -> real.write(bytes));
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        return DiskFaults.write(path, () -> real.write(firstHalf(bytes), position), () -> real.write(bytes, position));
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        if (real().size() > size) {
            DiskFaults.change("truncate", path, () -> real.truncate(size));
        }
        return this;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return real().read(into);
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        return real().read(into, offset, length);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return real().read(into, position);
    }

    @Override
    public long position() throws IOException {
        return real().position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        real().position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return real().size();
    }

    @Override
    public void force(boolean metadata) throws IOException {
        real().force(metadata);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return real().transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        return DiskFaults.change("write", path, () -> real.transferFrom(source, position, count));
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        if (mode != MapMode.READ_ONLY) {
            throw new UnsupportedOperationException("writes to memory cannot be seen");
        }
        return real().map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return real().lock(position, size, shared);
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return real().tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        DiskFaults.closed(real);
        real.close();
    }
}
