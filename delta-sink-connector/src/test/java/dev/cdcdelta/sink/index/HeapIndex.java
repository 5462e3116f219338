package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** An index that believes what it is told. */
public final class HeapIndex implements KeyIndex {
    private final Map<DocumentKey, RowLocation> rows = new HashMap<>();
    private final Map<DocumentKey, SourceVersion> deletes = new HashMap<>();

    @Override
    public Optional<RowLocation> find(DocumentKey key) {
        return Optional.ofNullable(rows.get(key));
    }

    @Override
    public SourceVersion versionOf(DocumentKey key) {
        return find(key).map(RowLocation::version).orElseGet(() -> deletes.getOrDefault(key, SourceVersion.UNKNOWN));
    }

    @Override
    public void apply(IndexUpdate update, TableSnapshot committed) {
        update.live().forEach((key, row) -> {
            rows.put(key, row);
            deletes.remove(key);
        });
        update.deleted().forEach((key, deletion) -> {
            rows.remove(key);
            deletes.put(key, deletion.version());
        });
    }

    @Override
    public void moved(Iterator<MovedRow> moved, TableSnapshot committed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long entries() {
        return rows.size() + deletes.size();
    }
}
