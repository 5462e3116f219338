package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.store.KeyHash;

/** What a commit of ours does to a key, as one shard sees it. */
sealed interface KeyChange {
    KeyHash key();

    /** The key's live row is in a file of this shard. */
    record Row(KeyHash key, RowLocation location) implements KeyChange {}

    /** It is in a file of another shard. */
    record Elsewhere(KeyHash key) implements KeyChange {}

    /**
     * It has none any more.
     *
     * @param always whether the shard is to remember the delete of a row that it did not have
     */
    record Deleted(KeyHash key, SourceVersion version, boolean always) implements KeyChange {}
}
