package dev.cdcdelta.sink.batch;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.smt.update.UpdateDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * An update that waits for the row that it changes.
 *
 * @param offset of its record
 * @param record to be reported where there is no such row
 */
public record PendingUpdate(UpdateDescription description, SourceVersion version, long offset, SinkRecord record) {
    /** What helps where the document that an update changes is not known. */
    public static final String READ_AGAIN =
            "Have the document read again, by an incremental snapshot of the source connector"
                    + " or by reconciliation, or let the source look documents up (capture.mode=change_streams_update_full)";

    /** The topic partition that it came from. */
    public TopicPartition partition() {
        return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }
}
