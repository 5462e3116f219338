package dev.cdcdelta.sink.table.storage;

import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FutureDataInputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AInputStream;
import org.apache.hadoop.util.functional.FutureIO;

/**
 * An object that ends where it ends, and nowhere before. Where a connection breaks within the head of an answer, before the length of the
 * body is told, S3A takes what follows, nothing, for the rest of the object: a commit would be read as one without actions.
 *
 * @param length bytes; 0, as Kernel says it, or less where that is not known
 */
record ObjectInputFile(FileSystem fileSystem, Path object, long length) implements InputFile {
    @Override
    public String path() {
        return object.toString();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        FutureDataInputStreamBuilder builder = fileSystem.openFile(object);
        if (length > 0) {
            builder.opt("fs.option.openfile.length", Long.toString(length));
        }
        return new Stream(FutureIO.awaitFuture(builder.build()));
    }

    /** What is left behind the position; asks for it only where neither the caller nor S3A knows. */
    private long remaining(FSDataInputStream in) throws IOException {
        if (length <= 0 && in.getWrappedStream() instanceof S3AInputStream stream) {
            return stream.remainingInFile();
        }
        long end = length <= 0 ? fileSystem.getFileStatus(object).getLen() : length;
        return end - in.getPos();
    }

    private final class Stream extends SeekableInputStream {
        private final FSDataInputStream in;

        Stream(FSDataInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return whole(in.read());
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            return whole(in.read(bytes, offset, count));
        }

        /** @param result negative at what is said to be the end */
        private int whole(int result) throws IOException {
            if (result < 0) {
                long remaining = remaining(in);
                if (remaining > 0) {
                    throw new EOFException(
                            "the reading of " + object + " broke off " + remaining + " bytes before its end");
                }
            }
            return result;
        }

        @Override
        public void readFully(byte[] bytes, int offset, int count) throws IOException {
            in.readFully(bytes, offset, count);
        }

        @Override
        public long getPos() throws IOException {
            return in.getPos();
        }

        @Override
        public void seek(long position) throws IOException {
            in.seek(position);
        }

        @Override
        public long skip(long count) throws IOException {
            return in.skip(count);
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
