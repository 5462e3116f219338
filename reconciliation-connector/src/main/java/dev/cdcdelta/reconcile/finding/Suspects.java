package dev.cdcdelta.reconcile.finding;

import dev.cdcdelta.reconcile.range.ContentHash;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Both sides of some ranges, document by document, and where they differ. */
public final class Suspects {
    private final Map<DocumentKey, ContentHash> documents = new LinkedHashMap<>();
    private final Map<DocumentKey, List<TableRow>> rows = new HashMap<>();

    public void add(DocumentKey key, ContentHash hash) {
        documents.put(key, hash);
    }

    public void add(TableRow row) {
        rows.computeIfAbsent(row.key(), key -> new ArrayList<>(1)).add(row);
    }

    /** The keys whose sides differ. */
    public List<DocumentKey> keys() {
        List<DocumentKey> suspects = new ArrayList<>();
        documents.forEach((key, hash) -> {
            if (new Sides(Optional.of(hash), rows.getOrDefault(key, List.of()))
                    .difference()
                    .isPresent()) {
                suspects.add(key);
            }
        });
        rows.keySet().stream().filter(key -> !documents.containsKey(key)).forEach(suspects::add);
        return suspects;
    }
}
