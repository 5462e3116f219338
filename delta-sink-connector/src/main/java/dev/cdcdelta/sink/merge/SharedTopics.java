package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.table.TableSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics whose keys may have moved between partitions, because partitions were added. Kafka Connect does not tell a task of that,
 * so signs have to do. Rows of such a topic are looked for in the files of all its partitions; a sign that deceives costs time only.
 */
final class SharedTopics {
    private static final Logger LOG = LoggerFactory.getLogger(SharedTopics.class);

    /** Longer than it takes a connector's tasks to start and to record their partitions, also after a rebalance or two. */
    static final Duration BEGINNING = Duration.ofMinutes(15);

    private final String location;
    private final TransactionIds ids;
    private final Set<String> noticed = new TreeSet<>();

    SharedTopics(String location, TransactionIds ids) {
        this.location = location;
        this.ids = ids;
    }

    /** Those that the table has recorded, and those noticed since, which the next commit is to record. */
    Set<String> in(TableSnapshot snapshot) {
        Set<String> shared = ids.sharedIn(snapshot.transactions());
        shared.addAll(noticed);
        return shared;
    }

    /**
     * A partition that the table knows nothing of, behind one that it knows, has been added since. Not so in the beginning, when the
     * tasks of a connector come to a new table one by one.
     */
    void noticeAdded(TableSnapshot snapshot, Collection<TopicPartition> partitions, Instant now) {
        for (TopicPartition partition : partitions) {
            Set<TopicPartition> known = ids.partitionsIn(snapshot.transactions(), partition.topic());
            boolean isBehindKnown = known.stream().anyMatch(other -> other.partition() < partition.partition());
            if (isBehindKnown && !known.contains(partition) && !isBeginning(snapshot, partition.topic(), now)) {
                notice(snapshot, partition.topic(), "partition " + partition.partition() + " is new to the table");
            }
        }
    }

    private boolean isBeginning(TableSnapshot snapshot, String topic, Instant now) {
        Long since = snapshot.transactions().get(ids.since(topic));
        return since != null && now.isBefore(Instant.ofEpochMilli(since).plus(BEGINNING));
    }

    /**
     * A document that the table should know and the task's files do not hold may be in the files of partitions that others own.
     *
     * @return whether any of the topics was not known to be shared
     */
    boolean noticeStrays(TableSnapshot snapshot, Collection<String> topics, Set<TopicPartition> owned) {
        boolean news = false;
        for (String topic : topics) {
            boolean hasOthers = ids.partitionsIn(snapshot.transactions(), topic).stream()
                    .anyMatch(partition -> !owned.contains(partition));
            news |= hasOthers
                    && notice(snapshot, topic, "a document changed that the files of its partition do not hold");
        }
        return news;
    }

    private boolean notice(TableSnapshot snapshot, String topic, String reason) {
        if (in(snapshot).contains(topic)) {
            return false;
        }
        LOG.warn(
                "Table {}: keys of topic {} may have moved between partitions ({}); every task indexes the rows of all"
                        + " its partitions from here on",
                location,
                topic,
                reason);
        return noticed.add(topic);
    }
}
