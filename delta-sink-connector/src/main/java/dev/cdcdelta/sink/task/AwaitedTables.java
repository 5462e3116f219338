package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.table.StorageException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Tables that a record has told and the storage has not let us open. Their partitions wait, and go on with that record once the table is
 * open.
 */
final class AwaitedTables {
    private final UnopenedPartitions waiting;
    private final Map<TopicPartition, TableFeed> tables = new LinkedHashMap<>();

    AwaitedTables(UnopenedPartitions waiting) {
        this.waiting = waiting;
    }

    interface Opening {
        /** @throws StorageException if the table cannot be opened this time either */
        void open(TableFeed table, TopicPartition partition);
    }

    /**
     * A record of the partition goes to a table that could not be opened.
     *
     * @throws StorageException if it has been tried long enough
     */
    void failed(TopicPartition partition, TableFeed table, StorageException cause) {
        waiting.failed(Set.of(partition), cause);
        tables.put(partition, table);
    }

    boolean isAwaitedBy(TopicPartition partition) {
        return tables.containsKey(partition);
    }

    Set<TopicPartition> partitions() {
        return waiting.all();
    }

    Optional<Instant> nextAttempt() {
        return waiting.nextAttempt();
    }

    /** Tries to open the tables, if it is time; at the first failure it is put off for all that are left. */
    void openIfDue(Opening opening) {
        if (!waiting.isDue()) {
            return;
        }
        for (Map.Entry<TopicPartition, TableFeed> awaited : List.copyOf(tables.entrySet())) {
            try {
                opening.open(awaited.getValue(), awaited.getKey());
            } catch (StorageException e) {
                waiting.failed(Set.of(awaited.getKey()), e);
                return;
            }
            forget(Set.of(awaited.getKey()));
        }
    }

    /** The partitions are not the task's any more, or wait no longer. */
    void forget(Collection<TopicPartition> settled) {
        tables.keySet().removeAll(settled);
        waiting.remove(settled);
    }
}
