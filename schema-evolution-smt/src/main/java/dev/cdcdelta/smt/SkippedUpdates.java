package dev.cdcdelta.smt;

import org.apache.kafka.connect.connector.ConnectRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the updates that came without an image, and speaks up once. */
final class SkippedUpdates {
    private static final Logger LOG = LoggerFactory.getLogger(SkippedUpdates.class);

    private long count;

    void add(ConnectRecord<?> record) {
        count++;
        if (count == 1) {
            LOG.warn(
                    "An update in topic {}, partition {} has no document image and is left out: the document was deleted before"
                            + " MongoDB looked it up, and its delete follows. If there are many, check that the source connector"
                            + " has capture.mode=change_streams_update_full; others are logged at DEBUG.",
                    record.topic(),
                    record.kafkaPartition());
        } else {
            LOG.debug(
                    "Update {} without a document image left out, in topic {}, partition {}",
                    count,
                    record.topic(),
                    record.kafkaPartition());
        }
    }
}
