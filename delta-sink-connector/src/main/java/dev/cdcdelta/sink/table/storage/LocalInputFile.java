package dev.cdcdelta.sink.table.storage;

import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

record LocalInputFile(Path file) implements InputFile {
    @Override
    public long length() throws IOException {
        return Files.size(file);
    }

    @Override
    public String path() {
        return "file:" + file;
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        try {
            return new Stream(FileChannel.open(file, StandardOpenOption.READ));
        } catch (NoSuchFileException e) {
            FileNotFoundException notFound = new FileNotFoundException(file + " does not exist");
            notFound.initCause(e);
            throw notFound;
        }
    }

    /** Reads through a buffer that a seek throws away. */
    private static final class Stream extends SeekableInputStream {
        private final FileChannel channel;
        private InputStream buffered;
        private long position;

        Stream(FileChannel channel) {
            this.channel = channel;
            this.buffered = new BufferedInputStream(Channels.newInputStream(channel));
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void seek(long newPosition) throws IOException {
            if (newPosition != position) {
                channel.position(newPosition);
                buffered = new BufferedInputStream(Channels.newInputStream(channel));
                position = newPosition;
            }
        }

        @Override
        public int read() throws IOException {
            int value = buffered.read();
            position += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = buffered.read(bytes, offset, length);
            position += Math.max(count, 0);
            return count;
        }

        @Override
        public void readFully(byte[] bytes, int offset, int length) throws IOException {
            if (readNBytes(bytes, offset, length) < length) {
                throw new EOFException("the file ends before " + length + " bytes could be read");
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
