package dev.cdcdelta.reconcile.source;

import dev.cdcdelta.reconcile.range.KeyRange;
import java.util.Collection;
import java.util.function.Consumer;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;

/** A collection's documents. Not for several threads. */
public interface Documents {
    /** The documents of a range in the order of their keys, as they are at {@code notBefore} or later. */
    void scan(KeyRange range, BsonTimestamp notBefore, Consumer<SourceDocument> visitor);

    /** Those of the documents that there are, in any order, as they are at {@code notBefore} or later. */
    void find(Collection<BsonValue> keys, BsonTimestamp notBefore, Consumer<SourceDocument> visitor);
}
