package dev.cdcdelta.sink.table.kernel;

import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The vectors that were stored last, by their identity, so that the next commit which adds to them need not read them. Bounded: what was
 * not used for longest is forgotten, and read again. A vector of a commit that failed has an identity that nobody asks for.
 */
final class KnownVectors {
    private final long limit;
    private final Map<String, DeadRows> vectors = new LinkedHashMap<>();
    private long bytes;

    KnownVectors(long limit) {
        this.limit = limit;
    }

    /** Hands a vector over, to be changed. */
    Optional<DeadRows> take(DeletionVectorDescriptor vector) {
        Optional<DeadRows> known = Optional.ofNullable(vectors.remove(vector.getUniqueId()));
        known.ifPresent(rows -> bytes -= rows.sizeInMemory());
        return known;
    }

    void put(DeletionVectorDescriptor vector, DeadRows rows) {
        vectors.put(vector.getUniqueId(), rows);
        bytes += rows.sizeInMemory();
        Iterator<DeadRows> oldest = vectors.values().iterator();
        while (bytes > limit) {
            bytes -= oldest.next().sizeInMemory();
            oldest.remove();
        }
    }
}
