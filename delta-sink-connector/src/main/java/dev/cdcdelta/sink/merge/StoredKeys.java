package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.RowLocation;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.Optional;

/** What a table holds of a key, as far as a plan asks. */
interface StoredKeys {
    /** The row that stands for the document at present. */
    Optional<RowLocation> find(DocumentKey key);

    /** The version that a change of the key has to supersede: the row's, or that of a delete still remembered. */
    SourceVersion versionOf(DocumentKey key);
}
