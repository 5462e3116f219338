package dev.cdcdelta.sink.task;

import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * How far a topic partition has been read, and how far that is durable. Offsets may have gaps (transaction markers, compaction), but
 * they only grow, except behind a seek of ours.
 */
final class PartitionProgress {
    private final TopicPartition partition;
    private OptionalLong recorded;
    private long next = Long.MIN_VALUE;
    private long sought = Long.MIN_VALUE;
    private OptionalLong durable;
    private boolean rewinding;

    /** @param recorded the offset in the table, to which the consumer has been sent */
    PartitionProgress(TopicPartition partition, OptionalLong recorded) {
        this.partition = partition;
        this.recorded = recorded;
        this.durable = recorded;
        recorded.ifPresent(this::seek);
    }

    /** What the table has to have recorded when the next flush commits. */
    OptionalLong recorded() {
        return recorded;
    }

    /** The next offset to read after a restart that loses nothing; empty where Kafka's own still holds. */
    OptionalLong durable() {
        return durable;
    }

    /** The runtime has carried out the seeks that were asked for. */
    void beginPoll() {
        rewinding = false;
    }

    /**
     * Whether the record at {@code offset} is the next one; if not, it has been dealt with, or comes again.
     *
     * @throws ConnectException if the topic was made anew since the table recorded its offset
     */
    boolean accept(long offset) {
        if (rewinding) {
            return false;
        }
        if (offset < sought) {
            throw new ConnectException(
                    "Topic partition " + partition + " delivers offset " + offset + ", but the table holds it up to "
                            + sought
                            + " and that is where reading was to go on: the topic has been deleted and created again. If its records"
                            + " are a new beginning, give the connector another name, or move the table away; both start from the topic's"
                            + " first record");
        }
        if (offset < next) {
            return false;
        }
        next = offset + 1;
        return true;
    }

    /** The consumer goes to {@code offset} before the next poll; what is left of this one does not count. */
    void rewind(OptionalLong nowRecorded, long offset) {
        recorded = nowRecorded;
        rewinding = true;
        seek(offset);
    }

    /** All that was accepted is in the table, with this as its recorded offset. */
    void committed(long offset) {
        recorded = OptionalLong.of(offset);
    }

    /** Nothing that was accepted is pending any more. */
    void flushed() {
        if (!rewinding && next > sought) {
            durable = OptionalLong.of(next);
        }
    }

    private void seek(long offset) {
        next = offset;
        sought = offset;
    }
}
