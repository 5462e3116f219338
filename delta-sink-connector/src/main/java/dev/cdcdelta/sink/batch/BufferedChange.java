package dev.cdcdelta.sink.batch;

import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change that waits for its commit.
 *
 * @param offset of its record
 * @param born whether the partition brought the document itself since the last commit, so that no table need know it
 * @param row of the document as of the columns when it came; of a delete the last image, if one came since the last commit and the
 *     table keeps it
 * @param imageVersion of the change that the row came with
 * @param bytes estimated heap
 * @param updates of the row since, in their order; where it is null, of the row that the table holds
 */
public record BufferedChange(
        DocumentKey key,
        SourceVersion version,
        Operation operation,
        long offset,
        boolean born,
        @Nullable MappedRow row,
        SourceVersion imageVersion,
        long bytes,
        List<PendingUpdate> updates) {
    public BufferedChange {
        updates = List.copyOf(updates);
    }

    /** A change that tells the whole row, or a delete. */
    public BufferedChange(
            DocumentKey key,
            SourceVersion version,
            Operation operation,
            long offset,
            boolean born,
            @Nullable MappedRow row,
            SourceVersion imageVersion,
            long bytes) {
        this(key, version, operation, offset, born, row, imageVersion, bytes, List.of());
    }

    /** The same delete with the newer one of two images. */
    public BufferedChange withImageOf(BufferedChange other) {
        MappedRow image = other.row;
        if (image == null || hasImage() && !other.newestImage().supersedes(newestImage())) {
            return this;
        }
        return new BufferedChange(
                key, version, operation, offset, born, image, other.imageVersion, other.bytes, other.updates);
    }

    /** The same change of what an earlier one has made of the document. */
    public BufferedChange on(BufferedChange earlier) {
        List<PendingUpdate> all = new ArrayList<>(earlier.updates);
        all.addAll(updates);
        return new BufferedChange(
                key, version, operation, offset, born, earlier.row, earlier.imageVersion, bytes + earlier.bytes, all);
    }

    /** The same change without the updates that a row of the version has behind it. */
    public BufferedChange since(SourceVersion stored) {
        List<PendingUpdate> left = updates.stream()
                .filter(update -> update.version().supersedes(stored))
                .toList();
        return left.size() == updates.size()
                ? this
                : new BufferedChange(key, version, operation, offset, born, row, imageVersion, bytes, left);
    }

    /** The same change with its row made whole. */
    public BufferedChange resolved(MappedRow whole) {
        return new BufferedChange(key, version, operation, offset, born, whole, newestImage(), bytes);
    }

    /** The change without an update that cannot be applied; empty if nothing is left of it. */
    public Optional<BufferedChange> without(PendingUpdate refused) {
        List<PendingUpdate> left =
                updates.stream().filter(update -> !update.equals(refused)).toList();
        if (!isDelete() && row == null && left.isEmpty()) {
            return Optional.empty();
        }
        SourceVersion image =
                left.isEmpty() ? imageVersion : left.get(left.size() - 1).version();
        return Optional.of(new BufferedChange(
                key, isDelete() ? version : image, operation, offset, born, row, imageVersion, bytes, left));
    }

    public BufferedChange withBorn(boolean broughtHere) {
        return new BufferedChange(key, version, operation, offset, broughtHere, row, imageVersion, bytes, updates);
    }

    /** Whether it tells what the document is, or was; if need be together with the stored row. */
    public boolean hasImage() {
        return row != null || !updates.isEmpty();
    }

    /** Whether it tells nothing without the row that the table holds. */
    public boolean needsStoredRow() {
        return row == null && !updates.isEmpty();
    }

    /** The version of the document that it tells. */
    public SourceVersion newestImage() {
        return updates.isEmpty()
                ? imageVersion
                : updates.get(updates.size() - 1).version();
    }

    public boolean isDelete() {
        return operation == Operation.DELETE;
    }

    /** Whether it says that the document was there before, though the partition has not brought it since the last commit. */
    public boolean presumesDocument() {
        return !born && version.isKnown();
    }
}
