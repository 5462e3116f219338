package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.RowLocation;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DataFileWriter;
import dev.cdcdelta.sink.table.FilePlace;
import dev.cdcdelta.sink.table.FileSizes;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows into files of the places that they belong to, no file of two of them. A file is ended when it is large enough, when too many
 * are open and it has waited longest for a row, or when all of them hold too much in the heap and it holds most.
 */
final class RowFiles implements AutoCloseable {
    static final int MAX_OPEN = 8;

    /** How large a file has become is asked again behind so many bytes of rows, or so many rows: the answer goes through all its columns. */
    private static final long BYTES_BETWEEN_LOOKS = 64 << 10;

    private static final int ROWS_BETWEEN_LOOKS = 16;

    /** For rows of which nobody knows. */
    private static final long LARGE = BYTES_BETWEEN_LOOKS;

    private record Keyed(DocumentKey key, SourceVersion version, long position) {}

    private static final class OpenFile {
        private final FilePlace place;
        private final DataFileWriter writer;
        private final List<Keyed> keys = new ArrayList<>();
        private long buffered;
        private long unseenBytes;
        private int unseenRows;

        OpenFile(FilePlace place, DataFileWriter writer) {
            this.place = place;
            this.writer = writer;
        }

        long buffered() {
            return buffered;
        }

        /** Takes note of a row. @return whether it is time to look at the file */
        boolean isToLookAt(long bytes) {
            unseenBytes += bytes;
            unseenRows++;
            boolean isTime = unseenBytes >= BYTES_BETWEEN_LOOKS || unseenRows >= ROWS_BETWEEN_LOOKS;
            if (isTime) {
                unseenBytes = 0;
                unseenRows = 0;
            }
            return isTime;
        }
    }

    private final Function<FilePlace, DataFileWriter> opening;
    private final Consumer<DataFile> discarding;
    private final FileSizes sizes;
    private final Map<FilePlace, OpenFile> open = new LinkedHashMap<>(16, 0.75f, true);
    private final List<DataFile> finished = new ArrayList<>();
    private final Map<DocumentKey, RowLocation> locations = new HashMap<>();
    private long buffered;

    /** @param discarding takes back a finished file */
    RowFiles(Function<FilePlace, DataFileWriter> opening, Consumer<DataFile> discarding, FileSizes sizes) {
        this.opening = opening;
        this.discarding = discarding;
        this.sizes = sizes;
    }

    void write(FilePlace place, @Nullable Object[] row) {
        write(place, row, LARGE);
    }

    /** @param bytes of the row, about */
    void write(FilePlace place, @Nullable Object[] row, long bytes) {
        OpenFile file = fileOf(place);
        file.writer.write(row);
        limit(file, bytes);
    }

    /** Writes the row that stands for a key, whose place {@link #locations} tells in the end. */
    void write(FilePlace place, @Nullable Object[] row, DocumentKey key, SourceVersion version) {
        write(place, row, LARGE, key, version);
    }

    /** @param bytes of the row, about */
    void write(FilePlace place, @Nullable Object[] row, long bytes, DocumentKey key, SourceVersion version) {
        OpenFile file = fileOf(place);
        file.keys.add(new Keyed(key, version, file.writer.write(row)));
        limit(file, bytes);
    }

    private OpenFile fileOf(FilePlace place) {
        OpenFile file = open.get(place);
        if (file == null) {
            if (open.size() >= MAX_OPEN) {
                finish(open.values().iterator().next());
            }
            file = new OpenFile(place, opening.apply(place));
            open.put(place, file);
        }
        return file;
    }

    private void limit(OpenFile file, long bytes) {
        if (!file.isToLookAt(bytes)) {
            return;
        }
        long estimated = file.writer.estimatedBytes();
        buffered -= file.buffered;
        file.buffered = estimated - file.writer.storedBytes();
        buffered += file.buffered;
        if (estimated >= sizes.target()) {
            finish(file);
        } else if (buffered > sizes.buffered() && open.size() > 1) {
            open.values().stream()
                    .max(Comparator.comparingLong(OpenFile::buffered))
                    .ifPresent(this::finish);
        }
    }

    private void finish(OpenFile file) {
        open.remove(file.place);
        buffered -= file.buffered;
        try (DataFileWriter writer = file.writer) {
            DataFile written = writer.finish();
            finished.add(written);
            for (Keyed row : file.keys) {
                locations.put(row.key(), new RowLocation(written.path(), row.position(), row.version()));
            }
        }
    }

    /** Ends all files. */
    List<DataFile> finish() {
        List.copyOf(open.values()).forEach(this::finish);
        return List.copyOf(finished);
    }

    Map<DocumentKey, RowLocation> locations() {
        return locations;
    }

    /** Takes back what is finished. */
    void discard() {
        finished.forEach(discarding);
        finished.clear();
    }

    /** Abandons what is not finished. */
    @Override
    public void close() {
        open.values().forEach(file -> file.writer.close());
        open.clear();
    }
}
