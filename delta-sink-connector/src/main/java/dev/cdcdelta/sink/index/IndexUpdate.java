package dev.cdcdelta.sink.index;

import dev.cdcdelta.smt.key.DocumentKey;
import java.util.Map;

/**
 * What a commit changed about the keys of an index.
 *
 * @param live the new live row of keys
 * @param deleted keys without a live row any more
 */
public record IndexUpdate(Map<DocumentKey, RowLocation> live, Map<DocumentKey, Deletion> deleted) {}
