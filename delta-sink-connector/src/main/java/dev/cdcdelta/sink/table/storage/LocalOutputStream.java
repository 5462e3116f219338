package dev.cdcdelta.sink.table.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes beside the target and moves the file into place when it is closed, on disk by then. */
final class LocalOutputStream extends NewFile {
    private final Path target;
    private final Path written;
    private final FileChannel channel;
    private final OutputStream buffered;
    private long position;
    private boolean closed;

    LocalOutputStream(Path target, Path written) throws IOException {
        this.target = target;
        this.written = written;
        Files.createDirectories(target.toAbsolutePath().getParent());
        this.channel = FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.buffered = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void write(int value) throws IOException {
        buffered.write(value);
        position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        buffered.write(bytes, offset, length);
        position += length;
    }

    @Override
    public void flush() throws IOException {
        buffered.flush();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            buffered.flush();
            channel.force(true);
        }
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void abandon() throws IOException {
        closed = true;
        channel.close();
        Files.deleteIfExists(written);
    }
}
