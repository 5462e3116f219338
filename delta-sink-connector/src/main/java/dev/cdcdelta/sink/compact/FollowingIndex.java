package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.index.MovedRow;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.util.Iterator;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The key index of a table, as far as compaction has to do with it; for tables without one, both methods do nothing. */
public interface FollowingIndex {
    /** The partitions that the table is fed from. */
    Set<TopicPartition> owned();

    /** Brings the index to the table's snapshot, if it is loaded. */
    void catchUp(DeltaTable table);

    /**
     * Says that a commit on top of the snapshot last caught up with has moved these rows and done nothing else. A key whose row is
     * somewhere else by now stays as it is.
     */
    void moved(Iterator<MovedRow> rows, TableSnapshot committed);
}
