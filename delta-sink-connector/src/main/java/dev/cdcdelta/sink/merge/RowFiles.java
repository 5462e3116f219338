package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.RowLocation;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DataFileWriter;
import dev.cdcdelta.sink.table.FilePlace;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows into files of the places that they belong to, no file of two of them. A file is ended when it is large enough, or when too many are open
 * and it has waited longest for a row.
 */
final class RowFiles implements AutoCloseable {
    static final int MAX_OPEN = 8;
    private static final long TARGET_BYTES = 128L << 20;

    private record Keyed(DocumentKey key, SourceVersion version, long position) {}

    private record OpenFile(DataFileWriter writer, List<Keyed> keys) {}

    private final Function<FilePlace, DataFileWriter> opening;
    private final Consumer<DataFile> discarding;
    private final Map<FilePlace, OpenFile> open = new LinkedHashMap<>(16, 0.75f, true);
    private final List<DataFile> finished = new ArrayList<>();
    private final Map<DocumentKey, RowLocation> locations = new HashMap<>();

    /** @param discarding takes back a finished file */
    RowFiles(Function<FilePlace, DataFileWriter> opening, Consumer<DataFile> discarding) {
        this.opening = opening;
        this.discarding = discarding;
    }

    void write(FilePlace place, @Nullable Object[] row) {
        OpenFile file = fileOf(place);
        file.writer().write(row);
        rollIfFull(place, file);
    }

    /** Writes the row that stands for a key, whose place {@link #locations} tells in the end. */
    void write(FilePlace place, @Nullable Object[] row, DocumentKey key, SourceVersion version) {
        OpenFile file = fileOf(place);
        file.keys().add(new Keyed(key, version, file.writer().write(row)));
        rollIfFull(place, file);
    }

    private OpenFile fileOf(FilePlace place) {
        OpenFile file = open.get(place);
        if (file == null) {
            if (open.size() >= MAX_OPEN) {
                Iterator<OpenFile> longestUnused = open.values().iterator();
                OpenFile ended = longestUnused.next();
                longestUnused.remove();
                finish(ended);
            }
            file = new OpenFile(opening.apply(place), new ArrayList<>());
            open.put(place, file);
        }
        return file;
    }

    private void rollIfFull(FilePlace place, OpenFile file) {
        if (file.writer().estimatedBytes() >= TARGET_BYTES) {
            open.remove(place);
            finish(file);
        }
    }

    private void finish(OpenFile file) {
        try (DataFileWriter writer = file.writer()) {
            DataFile written = writer.finish();
            finished.add(written);
            for (Keyed row : file.keys()) {
                locations.put(row.key(), new RowLocation(written.path(), row.position(), row.version()));
            }
        }
    }

    /** Ends all files. */
    List<DataFile> finish() {
        for (FilePlace place : List.copyOf(open.keySet())) {
            OpenFile file = open.remove(place);
            if (file != null) {
                finish(file);
            }
        }
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
        open.values().forEach(file -> file.writer().close());
        open.clear();
    }
}
