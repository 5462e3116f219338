package dev.cdcdelta.sink.table;

import java.io.Closeable;
import java.util.Iterator;

/** An iterator over something that is open until it is closed; {@code next} and {@code close} may throw UncheckedIOException. */
public interface CloseableIterator<T> extends Iterator<T>, Closeable {
    @Override
    void close();
}
