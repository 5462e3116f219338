package dev.cdcdelta.sink.index.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes bytes to a place in a file. The one door through which a store writes, so that a test can shut it at any moment. */
@FunctionalInterface
public interface Disk {
    Disk REAL = (file, bytes, offset) -> {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    };

    void write(FileChannel file, ByteBuffer bytes, long offset) throws IOException;
}
