package dev.cdcdelta.sink.task;

import java.util.OptionalLong;

/**
 * How far one table has come with one topic partition. Each table takes a record once: those below {@link #next} it has dealt with.
 * Offsets may have gaps (transaction markers, compaction), but they only grow, except behind a rewind.
 */
sealed interface PartitionProgress {
    /** What the table has to have recorded when the next flush commits; empty if nothing. */
    OptionalLong recorded();

    /** The lowest offset that the table has yet to take. */
    long next();

    /** The first offset that was taken but is not durable; empty if all of them are. */
    OptionalLong pending();

    /** The record at {@code offset} is in the batch. */
    PartitionProgress accepted(long offset);

    /** The batch is on its way into the table. */
    PartitionProgress handedOver();

    /**
     * The table's flush is durable.
     *
     * @param recordedNow what it has recorded since
     */
    PartitionProgress committed(OptionalLong recordedNow);

    /** Nothing that is pending came into the table. Reading goes on where the table says, else with the first pending record. */
    default PartitionProgress rewound(OptionalLong recordedNow) {
        // An offset of 0 only says that the partition exists.
        boolean moved =
                recordedNow.isPresent() && recordedNow.getAsLong() != recorded().orElse(0);
        long target = moved ? recordedNow.getAsLong() : pending().orElse(next());
        return new Reading(recordedNow, target, OptionalLong.empty());
    }

    default boolean accepts(long offset) {
        return offset >= next();
    }

    static PartitionProgress from(OptionalLong recorded) {
        return new Reading(recorded, recorded.orElse(Long.MIN_VALUE), OptionalLong.empty());
    }

    /** @param buffered the first offset in the batch that is being filled */
    record Reading(OptionalLong recorded, long next, OptionalLong buffered) implements PartitionProgress {
        @Override
        public OptionalLong pending() {
            return buffered;
        }

        @Override
        public PartitionProgress accepted(long offset) {
            return new Reading(recorded, offset + 1, PartitionProgress.first(buffered, offset));
        }

        @Override
        public PartitionProgress handedOver() {
            return buffered.isEmpty() ? this : new Flushing(recorded, buffered.getAsLong(), next, OptionalLong.empty());
        }

        /** A flush of other partitions says nothing of this one; at most it has put the partition down for the first time. */
        @Override
        public PartitionProgress committed(OptionalLong recordedNow) {
            long offset = recordedNow.orElse(Long.MIN_VALUE);
            // What was taken from below the offset of another owner must not be committed on top of it.
            boolean overtaken = buffered.isPresent() && buffered.getAsLong() < offset;
            return recordedNow.isEmpty() || overtaken
                    ? this
                    : new Reading(recordedNow, Math.max(next, offset), buffered);
        }
    }

    /**
     * Offsets from {@code first} up to some below {@code next} are being committed.
     *
     * @param buffered the first offset in the batch that is being filled meanwhile
     */
    record Flushing(OptionalLong recorded, long first, long next, OptionalLong buffered) implements PartitionProgress {
        @Override
        public OptionalLong pending() {
            return OptionalLong.of(first);
        }

        @Override
        public PartitionProgress accepted(long offset) {
            return new Flushing(recorded, first, offset + 1, PartitionProgress.first(buffered, offset));
        }

        @Override
        public PartitionProgress handedOver() {
            throw new IllegalStateException("the flush before is not over");
        }

        @Override
        public PartitionProgress committed(OptionalLong recordedNow) {
            return new Reading(recordedNow, next, buffered);
        }
    }

    private static OptionalLong first(OptionalLong buffered, long offset) {
        return buffered.isPresent() ? buffered : OptionalLong.of(offset);
    }
}
