package dev.cdcdelta.sink.table.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** An object being written; it appears when the stream is closed. After a failed write it is never uploaded, not even in part. */
final class ObjectOutputStream extends NewFile {
    private final FSDataOutputStream out;

    private ObjectOutputStream(FSDataOutputStream out) {
        this.out = out;
    }

    static ObjectOutputStream replacing(FileSystem fileSystem, Path path) throws IOException {
        return new ObjectOutputStream(builder(fileSystem, path).build());
    }

    /** The condition is put to the test when the stream is closed. */
    static ObjectOutputStream conditional(FileSystem fileSystem, Path path) throws IOException {
        FSDataOutputStreamBuilder<?, ?> builder = builder(fileSystem, path);
        builder.must("fs.option.create.conditional.overwrite", true);
        return new ObjectOutputStream(builder.build());
    }

    /** {@code overwrite(false)} would only look whether the object exists, which is no protection at all. */
    private static FSDataOutputStreamBuilder<?, ?> builder(FileSystem fileSystem, Path path) throws IOException {
        FSDataOutputStreamBuilder<?, ?> builder = fileSystem.createFile(path);
        builder.overwrite(true);
        builder.opt("fs.s3a.create.performance", true);
        return builder;
    }

    void writeWhole(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    @Override
    public long getPos() {
        return out.getPos();
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            abandon();
            throw e;
        }
    }

    @Override
    public void abandon() {
        out.abort();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
