package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.index.store.Disk;
import dev.cdcdelta.sink.table.DeltaTable;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key indexes of a task. Each is for one thread at a time; different ones may be used side by side. A table has one owner after the
 * other; of those that were left to themselves, some may still be at work.
 */
public final class KeyIndexes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyIndexes.class);

    private final IndexPolicy policy;
    private final ShardOpener opener;
    private final Clock clock;
    private final AtomicBoolean cleared = new AtomicBoolean();
    private final AtomicLong owners = new AtomicLong();
    private final Map<IndexOwner, ShardedIndex> open = new ConcurrentHashMap<>();

    /** @param disk through which indexes write */
    public KeyIndexes(IndexPolicy policy, String connector, Clock clock, Disk disk) {
        this.policy = policy;
        this.clock = clock;
        this.opener = new ShardOpener(policy, connector, new Tombstones(clock, policy.deleteRetention()), disk);
    }

    /** Whoever is to feed a table from here on: the successor of all that were named before for it. */
    public IndexOwner owner(String location) {
        return new IndexOwner(location, owners.incrementAndGet());
    }

    /**
     * The index of a table's rows for the owner of some topic partitions, as of the table's snapshot. What the owner or its predecessors
     * have open is taken from them. A successor keeps what it has: whoever comes late builds an index aside ({@link ShardRoom}).
     *
     * @param sharedTopics topics whose keys may be in files of any partition; where there is one, all files are indexed
     * @throws org.apache.kafka.connect.errors.ConnectException if a row has no key, or a key two rows, or the disk fails
     */
    public KeyIndex open(IndexOwner owner, DeltaTable table, Set<TopicPartition> owned, Set<String> sharedTopics) {
        open.keySet().stream().filter(owner::takesFrom).forEach(this::close);
        clearLeftState();
        ShardedIndex index = new ShardedIndex(table, opener, covered(Set.copyOf(owned), sharedTopics));
        open.put(owner, index);
        return index;
    }

    /**
     * Brings an owner's index to the table's snapshot.
     *
     * @return whether it was behind, so that what was planned with it is void
     * @throws IllegalStateException if a successor has taken it
     */
    public boolean catchUp(IndexOwner owner) {
        ShardedIndex index = open.get(owner);
        if (index == null) {
            throw new IllegalStateException("the index of " + owner.location() + " is closed");
        }
        return index.catchUp();
    }

    /** Once, when the first table is opened. */
    private void clearLeftState() {
        if (cleared.getAndSet(true)) {
            return;
        }
        try {
            LeftState.clear(policy.directory(), clock.instant());
        } catch (IOException e) {
            LOG.warn(
                    "Key indexes in {} that nobody uses could not be deleted; they go on taking space",
                    policy.directory(),
                    e);
        }
    }

    private List<IndexedFiles> covered(Set<TopicPartition> owned, Set<String> sharedTopics) {
        if (policy.scope() == IndexScope.TABLE || !sharedTopics.isEmpty()) {
            return List.of(new IndexedFiles.Everything());
        }
        List<IndexedFiles> covered = new ArrayList<>();
        owned.stream()
                .sorted(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition))
                .forEach(partition -> covered.add(new IndexedFiles.OfPartition(partition)));
        covered.add(new IndexedFiles.OfNobody());
        return covered;
    }

    /** Gives up what the owner has open, for another to open. */
    public void close(IndexOwner owner) {
        ShardedIndex index = open.remove(owner);
        if (index != null) {
            index.close();
        }
    }

    @Override
    public void close() {
        open.keySet().forEach(this::close);
    }
}
