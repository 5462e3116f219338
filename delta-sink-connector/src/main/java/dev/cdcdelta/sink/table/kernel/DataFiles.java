package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.DataFile;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the outside sees of a table's live files, without a copy. */
final class DataFiles extends AbstractMap<String, DataFile> {
    private final PersistentMap<LiveFile> files;

    DataFiles(PersistentMap<LiveFile> files) {
        this.files = files;
    }

    @Override
    @SuppressWarnings("NullAway") // Map's contract; absent is null.
    public @Nullable DataFile get(@Nullable Object path) {
        LiveFile file = files.get(path);
        return file == null ? null : file.file();
    }

    @Override
    public boolean containsKey(@Nullable Object path) {
        return files.containsKey(path);
    }

    @Override
    public Set<Map.Entry<String, DataFile>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, DataFile>> iterator() {
                Iterator<LiveFile> live = files.values().iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return live.hasNext();
                    }

                    @Override
                    public Map.Entry<String, DataFile> next() {
                        DataFile file = live.next().file();
                        return Map.entry(file.path(), file);
                    }
                };
            }

            @Override
            public int size() {
                return files.size();
            }
        };
    }
}
