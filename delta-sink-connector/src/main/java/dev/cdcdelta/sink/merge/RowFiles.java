package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.RowLocation;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DataFileWriter;
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
 * Writes rows into files of their groups, no file of two of them. A file is ended when it is large enough, or when too many are open
 * and it has waited longest for a row.
 */
final class RowFiles implements AutoCloseable {
    static final int MAX_OPEN = 8;
    private static final long TARGET_BYTES = 128L << 20;

    /**
     * What the rows of a file have in common.
     *
     * @param tags of the file in the Delta log
     * @param partition the values of the table's partition columns
     */
    record Group(Map<String, String> tags, List<@Nullable Object> partition) {}

    private record Keyed(DocumentKey key, SourceVersion version, long position) {}

    private record OpenFile(DataFileWriter writer, List<Keyed> keys) {}

    private final Function<Group, DataFileWriter> opening;
    private final Consumer<DataFile> discarding;
    private final Map<Group, OpenFile> open = new LinkedHashMap<>(16, 0.75f, true);
    private final List<DataFile> finished = new ArrayList<>();
    private final Map<DocumentKey, RowLocation> locations = new HashMap<>();

    /** @param discarding takes back a finished file */
    RowFiles(Function<Group, DataFileWriter> opening, Consumer<DataFile> discarding) {
        this.opening = opening;
        this.discarding = discarding;
    }

    void write(Group group, @Nullable Object[] row) {
        OpenFile file = fileOf(group);
        file.writer().write(row);
        rollIfFull(group, file);
    }

    /** Writes the row that stands for a key, whose place {@link #locations} tells in the end. */
    void write(Group group, @Nullable Object[] row, DocumentKey key, SourceVersion version) {
        OpenFile file = fileOf(group);
        file.keys().add(new Keyed(key, version, file.writer().write(row)));
        rollIfFull(group, file);
    }

    private OpenFile fileOf(Group group) {
        OpenFile file = open.get(group);
        if (file == null) {
            if (open.size() >= MAX_OPEN) {
                Iterator<OpenFile> longestUnused = open.values().iterator();
                OpenFile ended = longestUnused.next();
                longestUnused.remove();
                finish(ended);
            }
            file = new OpenFile(opening.apply(group), new ArrayList<>());
            open.put(group, file);
        }
        return file;
    }

    private void rollIfFull(Group group, OpenFile file) {
        if (file.writer().estimatedBytes() >= TARGET_BYTES) {
            open.remove(group);
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
        for (Group group : List.copyOf(open.keySet())) {
            OpenFile file = open.remove(group);
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
