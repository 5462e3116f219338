package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.BufferedChange;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.RowLocation;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** What becomes of one row of the table. */
sealed interface RowChange {
    /** The stored row that dies by it. */
    Optional<RowLocation> killed();

    /**
     * A row of the batch is written, in the place of the stored one if there is one.
     *
     * @param validity in tables of versions
     */
    record Written(
            TopicPartition partition, BufferedChange change, Optional<Validity> validity, Optional<RowLocation> killed)
            implements RowChange {
        /** Whether the row is what the key stands for afterwards. */
        boolean isCurrent() {
            return validity.map(Validity::isOpen).orElse(true);
        }
    }

    /**
     * A row that is whole only once its updates are applied; {@link UpdatedRows} makes it a {@link Written} one before any file is
     * written.
     */
    record Updated(Written written, Basis basis) implements RowChange {
        @Override
        public Optional<RowLocation> killed() {
            return written.killed();
        }
    }

    /** What updates are applied to. */
    sealed interface Basis {
        /** The row that came in the same batch. */
        record Image() implements Basis {}

        record Stored(RowLocation row) implements Basis {}

        /** The key's version before, which the same plan writes just before. */
        record VersionBefore() implements Basis {}

        /** Nothing: the table does not hold the document. */
        record Missing() implements Basis {}

        static Basis of(BufferedChange change, Optional<RowLocation> stored) {
            if (!change.needsStoredRow()) {
                return new Image();
            }
            return stored.<Basis>map(Stored::new).orElseGet(Missing::new);
        }
    }

    /** The stored row is written anew with some of the connector's own columns changed. */
    record Rewritten(TopicPartition partition, DocumentKey key, RowLocation stored, Amendment amendment)
            implements RowChange {
        @Override
        public Optional<RowLocation> killed() {
            return Optional.of(stored);
        }
    }

    record Removed(RowLocation stored) implements RowChange {
        @Override
        public Optional<RowLocation> killed() {
            return Optional.of(stored);
        }
    }

    /** The time in which a document was, or is, a version; milliseconds since the epoch. */
    record Validity(long from, Optional<Long> to) {
        boolean isOpen() {
            return to.isEmpty();
        }
    }

    /** How a stored row changes. */
    sealed interface Amendment {
        /** It is marked as deleted. */
        record Mark(SourceVersion version) implements Amendment {}

        /** Its validity ends, at milliseconds since the epoch. */
        record Close(long at) implements Amendment {}
    }
}
