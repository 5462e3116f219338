package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which live row each key has. A cache of the table: it is right as long as {@link #matches} says so, and catches up where not.
 */
public final class KeyIndex {
    private final IndexedFiles files;
    private final RecentDeletes deletes;
    private final Map<DocumentKey, RowLocation> rows;
    private Map<String, String> state;

    KeyIndex(IndexedFiles files, RecentDeletes deletes, Map<DocumentKey, RowLocation> rows, TableSnapshot snapshot) {
        this.files = files;
        this.deletes = deletes;
        this.rows = rows;
        this.state = files.state(snapshot);
    }

    /** The index of a table without files. */
    public static KeyIndex empty(IndexedFiles files, RecentDeletes deletes, TableSnapshot snapshot) {
        return new KeyIndex(files, deletes, new HashMap<>(), snapshot);
    }

    /** Paths of the indexed files that are not in both states as they were. */
    Set<String> changedUntil(TableSnapshot snapshot) {
        Map<String, String> now = files.state(snapshot);
        Set<String> changed = new HashSet<>(state.keySet());
        changed.addAll(now.keySet());
        changed.removeIf(path -> Objects.equals(state.get(path), now.get(path)));
        return changed;
    }

    /** The index's own rows, without those of the given files. */
    Map<DocumentKey, RowLocation> rowsOutside(Set<String> changed) {
        rows.values().removeIf(row -> changed.contains(row.file()));
        return rows;
    }

    public boolean matches(TableSnapshot snapshot) {
        return state.equals(files.state(snapshot));
    }

    public Optional<RowLocation> find(DocumentKey key) {
        return Optional.ofNullable(rows.get(key));
    }

    /** The version that a change of the key has to supersede: the row's, or that of its recent delete. */
    public SourceVersion versionOf(DocumentKey key) {
        RowLocation row = rows.get(key);
        return row == null ? deletes.versionOf(key) : row.version();
    }

    /** Takes in what a commit of the index's owner did: afterwards the index holds what {@code committed} does. */
    public void apply(IndexUpdate update, TableSnapshot committed) {
        update.live().forEach((key, row) -> {
            rows.put(key, row);
            deletes.remove(key);
        });
        update.deleted().forEach((key, version) -> {
            rows.remove(key);
            deletes.add(key, version);
        });
        accept(committed);
    }

    /** Takes in a commit that stored rows anew, as they were, and did nothing else. A key that has another row by now keeps that. */
    public void moved(Iterator<MovedRow> moves, TableSnapshot committed) {
        while (moves.hasNext()) {
            MovedRow move = moves.next();
            rows.computeIfPresent(
                    move.key(),
                    (key, row) -> row.file().equals(move.fromFile()) && row.position() == move.fromPosition()
                            ? new RowLocation(move.toFile(), move.toPosition(), row.version())
                            : row);
        }
        accept(committed);
    }

    /** Says that the index holds what {@code snapshot} does. */
    void accept(TableSnapshot snapshot) {
        state = files.state(snapshot);
    }

    public int size() {
        return rows.size();
    }
}
