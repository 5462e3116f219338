package dev.cdcdelta.reconcile.finding;

import dev.cdcdelta.reconcile.range.ContentHash;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Where the sides of some ranges differ, document by document: documents are given first, then their rows.
 * Holds the documents' keys and hashes, of rows only suspects, and of those no more than so many. Not for several threads.
 */
public final class Suspects {
    private final Map<DocumentKey, ContentHash> documents = new LinkedHashMap<>();
    private final Set<DocumentKey> seen = new LinkedHashSet<>();
    private final Set<DocumentKey> suspects = new LinkedHashSet<>();
    private final Map<Integer, Long> beyond = new HashMap<>();
    private final int most;
    private final ToIntFunction<DocumentKey> rangeOf;

    /** @param most suspects that are held; of the others, only how many there are in each range */
    public Suspects(int most, ToIntFunction<DocumentKey> rangeOf) {
        this.most = most;
        this.rangeOf = rangeOf;
    }

    public void document(DocumentKey key, ContentHash hash) {
        documents.put(key, hash);
    }

    public void row(TableRow row) {
        ContentHash hash = documents.get(row.key());
        if (hash == null || !hash.equals(row.hash()) || seen.contains(row.key())) {
            suspect(row.key());
        }
        if (hash != null) {
            seen.add(row.key());
        }
    }

    private void suspect(DocumentKey key) {
        if (suspects.size() < most) {
            suspects.add(key);
        } else if (!suspects.contains(key)) {
            beyond.merge(rangeOf.applyAsInt(key), 1L, Long::sum);
        }
    }

    /** All rows of these documents have been given; others may follow with theirs. */
    public void endOfRows() {
        documents.keySet().stream().filter(key -> !seen.contains(key)).forEach(this::suspect);
        documents.clear();
        seen.clear();
    }

    /** The keys whose sides differ. */
    public List<DocumentKey> keys() {
        return List.copyOf(suspects);
    }

    /** How many more there are, by range. */
    public Map<Integer, Long> beyond() {
        return Map.copyOf(beyond);
    }
}
