package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.Iterator;
import java.util.Optional;

/** Which live row each key has. A cache of the table: right at the snapshot that it was last brought to. For one thread at a time. */
public interface KeyIndex {
    /** The key's live row. */
    Optional<RowLocation> find(DocumentKey key);

    /** The version that a change of the key has to supersede: the row's, or that of its remembered delete. */
    SourceVersion versionOf(DocumentKey key);

    /** Takes in what a commit of the index's owner did; {@code committed} is the table's snapshot after it. */
    void apply(IndexUpdate update, TableSnapshot committed);

    /**
     * Takes in a commit of the owner that stored rows anew in other places. A row that the index has elsewhere meanwhile stays there;
     * the rest changes at once or not at all.
     */
    void moved(Iterator<MovedRow> rows, TableSnapshot committed);

    /** How many keys it knows, those of remembered deletes included. */
    long entries();
}
