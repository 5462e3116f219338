package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.compact.FollowingIndex;
import dev.cdcdelta.sink.index.IndexOwner;
import dev.cdcdelta.sink.index.IndexUpdate;
import dev.cdcdelta.sink.index.KeyIndex;
import dev.cdcdelta.sink.index.KeyIndexes;
import dev.cdcdelta.sink.index.MovedRow;
import dev.cdcdelta.sink.index.RowLocation;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The rows that the keys of some topic partitions stand for. Tables of events have none. */
final class TableKeys implements StoredKeys, FollowingIndex {
    private final KeyIndexes indexes;
    private final IndexOwner owner;
    private final boolean keyed;
    private final Set<TopicPartition> owned = new HashSet<>();
    private Set<String> shared = Set.of();
    private @Nullable KeyIndex index;

    TableKeys(KeyIndexes indexes, String location, boolean keyed) {
        this.indexes = indexes;
        this.owner = indexes.owner(location);
        this.keyed = keyed;
    }

    @Override
    public Set<TopicPartition> owned() {
        return owned;
    }

    void own(Set<TopicPartition> partitions) {
        if (owned.addAll(partitions)) {
            forget();
        }
    }

    void disown(TopicPartition partition) {
        if (owned.remove(partition)) {
            forget();
        }
    }

    /** Lets go of the index, so that the next owner of a partition can have its part of it. */
    void forget() {
        index = null;
        indexes.close(owner);
    }

    /**
     * Knows the rows of the table's snapshot afterwards.
     *
     * @param sharedTopics whose rows are looked for in the files of all partitions
     * @return whether anything is known otherwise than before, so that what was planned with it is void
     */
    boolean catchUp(DeltaTable table, Set<String> sharedTopics) {
        if (!keyed) {
            return false;
        }
        if (index == null || !shared.equals(sharedTopics)) {
            // Where opening fails, the next attempt opens again, not an index that is closed by then.
            index = null;
            shared = Set.copyOf(sharedTopics);
            index = indexes.open(owner, table, owned, shared);
            return true;
        }
        return indexes.catchUp(owner);
    }

    /** Takes in what a commit did that left the rows of other keys where they are. */
    void apply(MergePlan plan, WrittenRows written, TableSnapshot committed) {
        if (keyed) {
            require().apply(new IndexUpdate(written.locations(), plan.deleted()), committed);
        }
    }

    /** Takes in what a commit did that moved other rows too. Those may be many more than the plan's, so they are read, not listed. */
    void applyRewrite(MergePlan plan, DeltaTable table) {
        indexes.catchUp(owner);
        require().apply(new IndexUpdate(Map.of(), plan.deleted()), table.snapshot());
    }

    @Override
    public void catchUp(DeltaTable table) {
        if (index != null) {
            indexes.catchUp(owner);
        }
    }

    @Override
    public void moved(Iterator<MovedRow> rows, TableSnapshot committed) {
        if (index != null) {
            index.moved(rows, committed);
        }
    }

    @Override
    public Optional<RowLocation> find(DocumentKey key) {
        return require().find(key);
    }

    @Override
    public SourceVersion versionOf(DocumentKey key) {
        return require().versionOf(key);
    }

    /** How many keys the index knows; 0 for tables of events. */
    long entries() {
        KeyIndex opened = index;
        return opened == null ? 0 : opened.entries();
    }

    private KeyIndex require() {
        KeyIndex opened = index;
        if (opened == null) {
            throw new IllegalStateException("the index has not caught up with the table");
        }
        return opened;
    }
}
