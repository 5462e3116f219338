package dev.cdcdelta.sink.merge;

/**
 * How changes become rows.
 *
 * @param deletes of upsert tables; the other modes keep a row of every delete as they are
 */
public record WritePolicy(WriteMode mode, DeleteMode deletes, MergeMode merge) {
    public static final WritePolicy DEFAULT =
            new WritePolicy(WriteMode.UPSERT, DeleteMode.HARD, MergeMode.MERGE_ON_READ);
}
