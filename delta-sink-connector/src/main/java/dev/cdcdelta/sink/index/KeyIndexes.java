package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.table.DeltaTable;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Opens the key indexes of a task, one per table. */
public final class KeyIndexes implements AutoCloseable {
    private static final int REMEMBERED_DELETES = 100_000;

    /**
     * The index of a table's rows for the owner of some topic partitions, as of the table's snapshot.
     *
     * @param sharedTopics whose rows of all partitions are indexed
     * @throws org.apache.kafka.connect.errors.ConnectException if a row has no key, or a key two rows
     */
    public KeyIndex open(DeltaTable table, Set<TopicPartition> owned, Set<String> sharedTopics) {
        return new IndexLoader(table)
                .load(new IndexedFiles(owned, sharedTopics), new RecentDeletes(REMEMBERED_DELETES));
    }

    /**
     * Brings an index to the table's snapshot.
     *
     * @return whether it was behind, so that what was planned with it is void
     */
    public boolean catchUp(KeyIndex index, DeltaTable table) {
        if (index.matches(table.snapshot())) {
            return false;
        }
        new IndexLoader(table).catchUp(index);
        return true;
    }

    @Override
    public void close() {}
}
