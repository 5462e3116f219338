package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.PartitionBatch;
import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What a flush records of its topic partitions, and what it must find recorded before. */
record CommitTransactions(String location, TransactionIds ids) {
    /**
     * What the commit records: how far its partitions are read, that the other partitions of the task exist, and which topics' keys
     * have moved.
     */
    Map<String, Long> of(
            TableSnapshot snapshot,
            TableBatch batch,
            Collection<TopicPartition> owned,
            Set<String> sharedTopics,
            Instant now) {
        Map<String, Long> recorded = snapshot.transactions();
        Map<String, Long> transactions = missing(snapshot, owned, now);
        for (PartitionBatch partition : batch.partitions()) {
            transactions.put(ids.offset(partition.partition()), partition.nextOffset());
            String sourceTime = ids.sourceTime(partition.partition());
            partition
                    .newestSourceTime()
                    .ifPresent(newest ->
                            transactions.put(sourceTime, Math.max(newest, recorded.getOrDefault(sourceTime, newest))));
        }
        for (String topic : sharedTopics) {
            if (!recorded.containsKey(ids.shared(topic))) {
                transactions.put(ids.shared(topic), 1L);
            }
        }
        return transactions;
    }

    /** What tells that the task's partitions exist, as far as the table does not know it; their offset is 0. */
    Map<String, Long> missing(TableSnapshot snapshot, Collection<TopicPartition> owned, Instant now) {
        Map<String, Long> recorded = snapshot.transactions();
        Map<String, Long> missing = new HashMap<>();
        for (TopicPartition partition : owned) {
            if (!recorded.containsKey(ids.offset(partition))) {
                missing.put(ids.offset(partition), 0L);
                if (ids.partitionsIn(recorded, partition.topic()).isEmpty()) {
                    missing.put(ids.since(partition.topic()), now.toEpochMilli());
                }
            }
        }
        return missing;
    }

    /** A partition whose recorded offset is not ours has another owner, who may be ahead or behind: never commit on top of that. */
    Optional<String> otherOwner(TableSnapshot snapshot, TableBatch batch, Map<TopicPartition, Long> bases) {
        for (PartitionBatch partition : batch.partitions()) {
            Long base = bases.get(partition.partition());
            OptionalLong recorded = ids.offsetIn(snapshot.transactions(), partition.partition());
            // An offset of 0 only says that the partition exists.
            if ((base == null ? 0 : base) != recorded.orElse(0)) {
                return Optional.of("Table " + location + ": another owner of " + partition.partition()
                        + " moved its offset from " + (base == null ? "none" : base) + " to "
                        + (recorded.isPresent() ? recorded.getAsLong() : "none"));
            }
        }
        return Optional.empty();
    }
}
