package dev.cdcdelta.sink.batch;

import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.smt.key.DocumentKey;
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
 */
public record BufferedChange(
        DocumentKey key,
        SourceVersion version,
        Operation operation,
        long offset,
        boolean born,
        @Nullable MappedRow row,
        SourceVersion imageVersion,
        long bytes) {
    /** The same delete with the newer one of two images. */
    public BufferedChange withImageOf(BufferedChange other) {
        MappedRow image = other.row;
        if (image == null || row != null && !other.imageVersion.supersedes(imageVersion)) {
            return this;
        }
        return new BufferedChange(key, version, operation, offset, born, image, other.imageVersion, other.bytes);
    }

    public BufferedChange withBorn(boolean broughtHere) {
        return new BufferedChange(key, version, operation, offset, broughtHere, row, imageVersion, bytes);
    }

    public boolean isDelete() {
        return operation == Operation.DELETE;
    }

    /** Whether it says that the document was there before, though the partition has not brought it since the last commit. */
    public boolean presumesDocument() {
        return !born && version.isKnown();
    }
}
