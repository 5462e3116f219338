package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.index.store.Entry;
import dev.cdcdelta.sink.index.store.StoredFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Which entries are of live rows: an entry whose file is gone, or whose row others have deleted, is dead where it lies. */
final class ShardFiles {
    private final Map<Integer, StoredFile> byNumber = new HashMap<>();

    /** The deletion vectors of files with strays. */
    private final Map<Integer, Roaring64Bitmap> vectors = new HashMap<>();

    ShardFiles(Collection<StoredFile> files) {
        files.forEach(this::put);
    }

    void put(StoredFile file) {
        byNumber.put(file.number(), file);
    }

    void setVector(int number, Roaring64Bitmap vector) {
        vectors.put(number, vector);
    }

    void remove(StoredFile file) {
        byNumber.remove(file.number());
        vectors.remove(file.number());
    }

    @Nullable
    StoredFile of(Entry entry) {
        return isLive(entry) ? byNumber.get(entry.file()) : null;
    }

    boolean isLive(Entry entry) {
        if (entry.isTombstone() || !byNumber.containsKey(entry.file())) {
            return false;
        }
        Roaring64Bitmap vector = vectors.get(entry.file());
        return vector == null || !vector.contains(entry.position());
    }
}
