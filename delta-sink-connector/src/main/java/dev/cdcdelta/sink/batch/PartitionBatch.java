package dev.cdcdelta.sink.batch;

import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What one topic partition brought since the last commit: the last image of each key. It covers a range of offsets, those of skipped
 * records included.
 */
public final class PartitionBatch {
    private static final long ENTRY_BYTES = 160;

    private final TopicPartition partition;
    private final long firstOffset;
    private final Map<DocumentKey, BufferedChange> latest = new LinkedHashMap<>();
    private long nextOffset;
    private long newestSourceTime = Long.MIN_VALUE;
    private long bytes;
    private long stale;

    /** @param firstOffset of the first record that it covers */
    PartitionBatch(TopicPartition partition, long firstOffset) {
        this.partition = partition;
        this.firstOffset = firstOffset;
        this.nextOffset = firstOffset;
    }

    /** Takes the change unless it is older than the one held for its key; of equal versions the later one wins. */
    void add(Change change, @Nullable MappedRow row, long valueBytes) {
        BufferedChange held = latest.get(change.key());
        if (change.version().isKnown()) {
            newestSourceTime = Math.max(newestSourceTime, change.version().timeMillis());
        }
        if (held != null && !change.version().supersedes(held.change().version())) {
            stale++;
            return;
        }
        long changeBytes = ENTRY_BYTES + 2L * change.key().canonical().length() + valueBytes;
        bytes += changeBytes - (held == null ? 0 : held.bytes());
        latest.put(change.key(), new BufferedChange(change, row, changeBytes));
    }

    /** Marks the record at {@code offset} as dealt with. */
    void cover(long offset) {
        nextOffset = offset + 1;
    }

    public TopicPartition partition() {
        return partition;
    }

    public Collection<BufferedChange> changes() {
        return Collections.unmodifiableCollection(latest.values());
    }

    public long firstOffset() {
        return firstOffset;
    }

    /** The offset behind the last record that it covers. */
    public long nextOffset() {
        return nextOffset;
    }

    /** Milliseconds since the epoch; empty if no change told its time. */
    public OptionalLong newestSourceTime() {
        return newestSourceTime == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newestSourceTime);
    }

    /** Changes left out because a newer one of their key was there before them. */
    public long stale() {
        return stale;
    }

    public long rows() {
        return latest.size();
    }

    public long bytes() {
        return bytes;
    }
}
