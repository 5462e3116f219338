package dev.cdcdelta.sink.table;

import java.io.Closeable;
import java.util.Iterator;

/** An iterator over something that is open until it is closed; each of its methods may fail as the reading behind it does. */
public interface CloseableIterator<T> extends Iterator<T>, Closeable {
    @Override
    void close();
}
