package dev.cdcdelta.sink.task;

import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the consumer stands in a topic partition, and whether what it brings can be what follows there. */
final class PartitionReading {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionReading.class);

    private final TopicPartition partition;
    private final OffsetGapPolicy gaps;
    private OptionalLong position;
    private long sought;
    private boolean seeking;
    private boolean started;
    private final long recordedStart;
    private long first = Long.MAX_VALUE;

    /** @param start the offset that tables have recorded, to which the consumer is sent; empty where none has */
    PartitionReading(TopicPartition partition, OptionalLong start, OffsetGapPolicy gaps) {
        this.partition = partition;
        this.gaps = gaps;
        this.position = start;
        this.sought = start.orElse(Long.MIN_VALUE);
        this.recordedStart = sought;
    }

    /** The runtime has carried out the seeks that were asked for. */
    void beginPoll() {
        seeking = false;
    }

    /** The consumer goes to {@code offset} before the next poll; what is left of this one comes again. */
    void seek(long offset) {
        sought = offset;
        position = OptionalLong.of(offset);
        seeking = true;
    }

    /**
     * Where the consumer has to be sent to go on at {@code offset}: to the record before, which tells what the next one follows
     * ({@link #isBefore}).
     */
    static long lookBehind(long offset) {
        return Math.max(0, offset - 1);
    }

    /** Whether the record at {@code offset} is the one before that from which reading goes on: dealt with, but not to be forgotten. */
    boolean isBefore(long offset) {
        return !seeking && offset == sought - 1 && position.isPresent() && position.getAsLong() == sought;
    }

    /** The consumer has been sent to the start before the next poll; what is left of this one is from elsewhere. */
    void awaitStart() {
        seeking = true;
    }

    /** The offset behind the last record that was looked at; empty before the first. */
    OptionalLong position() {
        return position;
    }

    /** Whether reading has come to that offset since it began; Kafka's own offset holds until then. */
    boolean hasComeTo(long offset) {
        return offset > first || offset == recordedStart;
    }

    /**
     * Whether the record at {@code offset} is to be looked at.
     *
     * @throws ConnectException if the topic was made anew since its offset was recorded, or has lost records since
     */
    boolean admits(long offset) {
        if (seeking) {
            return false;
        }
        // Nobody but us sends the consumer back: if it is, Kafka has nothing any more where it stood.
        long expected = Math.max(sought, position.orElse(Long.MIN_VALUE));
        if (offset < expected) {
            throw new ConnectException(
                    "Topic partition " + partition + " delivers offset " + offset + ", but the table holds it up to "
                            + expected
                            + " and that is where reading was to go on: the topic has been deleted and created again. If its records"
                            + " are a new beginning, give the connector another name, or move the table away; both start from the topic's"
                            + " first record");
        }
        if (!started) {
            started = true;
            first = offset;
            requireNoGap(offset);
        }
        position = OptionalLong.of(offset + 1);
        return true;
    }

    /** Offset 0 is where a partition is put down before it has brought anything. */
    private void requireNoGap(long offset) {
        if (sought <= 0 || offset == sought) {
            return;
        }
        String gap = "Topic partition " + partition + " goes on at offset " + offset + ", but the table holds it up to "
                + sought
                + ": if Kafka has expired the " + (offset - sought) + " offsets in between, their changes are lost."
                + " A new snapshot of the source brings the table to its state (with transactions or compaction, such gaps"
                + " are harmless)";
        switch (gaps) {
            case FAIL ->
                throw new ConnectException(
                        gap + ". To go on without them, set 'offset.gap.policy' to 'warn', then restart the task");
            case WARN -> LOG.warn("{}", gap);
        }
    }
}
