package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.schema.TableKind;

/**
 * How changes become rows.
 *
 * @param deletes of upsert tables; the other modes keep what was deleted as they are
 */
public record WritePolicy(WriteMode mode, DeleteMode deletes, MergeMode merge) {
    public static final WritePolicy DEFAULT =
            new WritePolicy(WriteMode.UPSERT, DeleteMode.HARD, MergeMode.MERGE_ON_READ);

    /** What the rows of the tables stand for. */
    public TableKind kind() {
        return switch (mode) {
            case UPSERT -> deletes == DeleteMode.SOFT ? TableKind.MARKED_DOCUMENTS : TableKind.DOCUMENTS;
            case APPEND -> TableKind.EVENTS;
            case HISTORY -> TableKind.VERSIONS;
        };
    }
}
