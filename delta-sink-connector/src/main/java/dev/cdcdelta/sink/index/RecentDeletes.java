package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** The versions of the latest deletes, so that an older event does not bring a document back. Bounded: the oldest are forgotten. */
public final class RecentDeletes {
    private final Map<DocumentKey, SourceVersion> versions = new LinkedHashMap<>();
    private final int limit;

    public RecentDeletes(int limit) {
        this.limit = limit;
    }

    /** The version of the key's delete, or {@link SourceVersion#UNKNOWN}. */
    public SourceVersion versionOf(DocumentKey key) {
        return versions.getOrDefault(key, SourceVersion.UNKNOWN);
    }

    void add(DocumentKey key, SourceVersion version) {
        if (!version.isKnown()) {
            return;
        }
        versions.remove(key);
        versions.put(key, version);
        if (versions.size() > limit) {
            versions.remove(versions.keySet().iterator().next());
        }
    }

    void remove(DocumentKey key) {
        versions.remove(key);
    }
}
