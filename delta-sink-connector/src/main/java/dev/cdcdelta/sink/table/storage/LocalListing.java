package dev.cdcdelta.sink.table.storage;

import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/** Part of a directory in the order of names. Each file is looked at when its turn comes: whoever stops early has not paid for the rest. */
final class LocalListing implements CloseableIterator<FileStatus> {
    private final Iterator<Path> files;
    private Optional<FileStatus> next = Optional.empty();

    private LocalListing(Iterator<Path> files) {
        this.files = files;
    }

    /**
     * The directory's files of these and later names.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such directory
     */
    static LocalListing of(Path directory, String first) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return new LocalListing(
                    entries.filter(entry -> isWanted(entry.getFileName().toString(), first))
                            .sorted()
                            .toList()
                            .iterator());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isWanted(String name, String first) {
        return name.compareTo(first) >= 0 && !name.endsWith(LocalFiles.UNFINISHED);
    }

    @Override
    public boolean hasNext() {
        while (next.isEmpty() && files.hasNext()) {
            try {
                next = LocalFiles.statusOf(files.next());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return next.isPresent();
    }

    @Override
    public FileStatus next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        FileStatus status = next.orElseThrow();
        next = Optional.empty();
        return status;
    }

    @Override
    public void close() {}
}
