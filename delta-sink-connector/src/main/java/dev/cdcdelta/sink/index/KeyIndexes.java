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
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key indexes of a task, one per table. Each is for one thread at a time; different ones may be used side by side. */
public final class KeyIndexes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyIndexes.class);

    private record OpenIndex(Set<TopicPartition> owned, ShardedIndex index) {}

    private final IndexPolicy policy;
    private final ShardOpener opener;
    private final Clock clock;
    private final AtomicBoolean cleared = new AtomicBoolean();
    private final Map<String, OpenIndex> open = new ConcurrentHashMap<>();

    public KeyIndexes(IndexPolicy policy, String connector, Clock clock) {
        this(policy, connector, clock, Disk.REAL);
    }

    KeyIndexes(IndexPolicy policy, String connector, Clock clock, Disk disk) {
        this.policy = policy;
        this.clock = clock;
        this.opener = new ShardOpener(policy, connector, new Tombstones(clock, policy.deleteRetention()), disk);
    }

    /**
     * The index of a table's rows for the owner of some topic partitions, as of the table's snapshot. Whatever index of that table was
     * open here is closed.
     *
     * @param sharedTopics topics whose keys may be in files of any partition; where there is one, all files are indexed
     * @throws org.apache.kafka.connect.errors.ConnectException if a row has no key, or a key two rows, or the disk fails
     */
    public KeyIndex open(DeltaTable table, Set<TopicPartition> owned, Set<String> sharedTopics) {
        close(table.location());
        clearLeftState();
        Set<TopicPartition> partitions = Set.copyOf(owned);
        ShardedIndex index = new ShardedIndex(table, opener, covered(partitions, sharedTopics));
        open.put(table.location(), new OpenIndex(partitions, index));
        return index;
    }

    /**
     * Brings an index to the table's snapshot.
     *
     * @return whether it was behind, so that what was planned with it is void
     */
    public boolean catchUp(KeyIndex index, DeltaTable table) {
        OpenIndex known = open.get(table.location());
        if (known == null || known.index() != index) {
            throw new IllegalStateException("the index of " + table.location() + " is closed");
        }
        return known.index().catchUp();
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

    /** Gives up the index of a table, for another owner to open; nothing if another one is open by now. */
    public void close(String location, KeyIndex index) {
        OpenIndex known = open.get(location);
        if (known != null && known.index() == index && open.remove(location, known)) {
            known.index().close();
        }
    }

    private void close(String location) {
        OpenIndex known = open.remove(location);
        if (known != null) {
            known.index().close();
        }
    }

    @Override
    public void close() {
        List.copyOf(open.keySet()).forEach(this::close);
    }
}
