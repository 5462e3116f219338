package dev.cdcdelta.sink.table.storage;

import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** A listing in the order of names, which Delta logs are read in. */
final class ListedFiles implements CloseableIterator<FileStatus> {
    private final Iterator<FileStatus> files;

    ListedFiles(List<FileStatus> files) {
        this.files = files.stream()
                .sorted(Comparator.comparing(FileStatus::getPath))
                .toList()
                .iterator();
    }

    @Override
    public boolean hasNext() {
        return files.hasNext();
    }

    @Override
    public FileStatus next() {
        return files.next();
    }

    @Override
    public void close() {}
}
