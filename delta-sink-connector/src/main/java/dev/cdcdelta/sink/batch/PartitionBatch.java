package dev.cdcdelta.sink.batch;

import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * What one topic partition brought since the last commit: the last image of each key, or every change where the table keeps those. It
 * covers a range of offsets, those of skipped records included.
 */
public final class PartitionBatch {
    private static final long ENTRY_BYTES = 176;

    private final TopicPartition partition;
    private final TableKind kind;
    private final long firstOffset;
    private final List<BufferedChange> changes = new ArrayList<>();

    /** Where in {@link #changes} the last change of each key is; events do not ask for it. */
    private final Map<DocumentKey, Integer> latest = new HashMap<>();

    private long nextOffset;
    private long newestSourceTime = Long.MIN_VALUE;
    private long bytes;
    private long stale;

    /** @param firstOffset of the first record that it covers */
    PartitionBatch(TopicPartition partition, TableKind kind, long firstOffset) {
        this.partition = partition;
        this.kind = kind;
        this.firstOffset = firstOffset;
        this.nextOffset = firstOffset;
    }

    /** Takes the change unless only the last one of its key counts and it is older than that; of equal versions the later one wins. */
    void add(Change change, long offset, @Nullable MappedRow row, long valueBytes) {
        if (change.version().isKnown()) {
            newestSourceTime = Math.max(newestSourceTime, change.version().timeMillis());
        }
        Integer place = latest.get(change.key());
        BufferedChange held = place == null ? null : changes.get(place);
        BufferedChange buffered = buffered(change, offset, row, valueBytes, held);
        if (place == null || held == null || kind.keepsEveryEvent()) {
            append(buffered);
        } else if (change.version().supersedes(held.version())) {
            replace(place, held, buffered);
        } else {
            stale++;
            if (held.isDelete() && kind == TableKind.MARKED_DOCUMENTS) {
                replace(place, held, held.withImageOf(buffered));
            }
        }
    }

    private void replace(int place, BufferedChange held, BufferedChange by) {
        changes.set(place, by);
        bytes += by.bytes() - held.bytes();
    }

    private void append(BufferedChange change) {
        changes.add(change);
        bytes += change.bytes();
        if (kind != TableKind.EVENTS) {
            latest.put(change.key(), changes.size() - 1);
        }
    }

    private BufferedChange buffered(
            Change change, long offset, @Nullable MappedRow row, long valueBytes, @Nullable BufferedChange held) {
        Operation operation = change.operation();
        boolean born = held == null ? operation == Operation.CREATE || operation == Operation.READ : held.born();
        if (change instanceof Change.Update update) {
            return updated(update, offset, born, valueBytes, held);
        }
        if (operation == Operation.DELETE && kind == TableKind.MARKED_DOCUMENTS && held != null) {
            SourceVersion version = change.version().isKnown() ? change.version() : held.version();
            return new BufferedChange(
                    change.key(),
                    version,
                    operation,
                    offset,
                    born,
                    held.row(),
                    held.imageVersion(),
                    held.bytes(),
                    held.updates());
        }
        long changeBytes = ENTRY_BYTES + 2L * change.key().canonical().length() + valueBytes;
        return new BufferedChange(
                change.key(), change.version(), operation, offset, born, row, change.version(), changeBytes);
    }

    private BufferedChange updated(
            Change.Update update, long offset, boolean born, long valueBytes, @Nullable BufferedChange held) {
        PendingUpdate pending = new PendingUpdate(update.description(), update.version(), offset, update.record());
        BufferedChange change = new BufferedChange(
                update.key(),
                update.version(),
                Operation.UPDATE,
                offset,
                born,
                null,
                SourceVersion.UNKNOWN,
                ENTRY_BYTES + 2L * update.key().canonical().length() + valueBytes,
                List.of(pending));
        boolean isNextOfHeld =
                held != null && !kind.keepsEveryEvent() && update.version().supersedes(held.version());
        if (held == null || !isNextOfHeld) {
            return change;
        }
        if (held.isDelete()) {
            throw new DataException("The update tells only what changed in the document, but the document was deleted"
                    + " before, and has not come again since. " + PendingUpdate.READ_AGAIN);
        }
        return change.on(held);
    }

    /** Takes out an update that cannot be applied. Nothing is added any more. */
    void withdraw(PendingUpdate refused) {
        List<BufferedChange> left = new ArrayList<>(changes.size());
        for (BufferedChange change : changes) {
            if (change.updates().contains(refused)) {
                change.without(refused).ifPresent(left::add);
            } else {
                left.add(change);
            }
        }
        changes.clear();
        changes.addAll(left);
    }

    /** Marks the record at {@code offset} as dealt with. */
    void cover(long offset) {
        nextOffset = offset + 1;
    }

    public TopicPartition partition() {
        return partition;
    }

    /** In the order in which their keys came; where every change is kept, in the order of their offsets. */
    public Collection<BufferedChange> changes() {
        return Collections.unmodifiableCollection(changes);
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
        return changes.size();
    }

    public long bytes() {
        return bytes;
    }
}
