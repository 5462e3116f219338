package dev.cdcdelta.sink.merge;

import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** The transaction identifiers under which a connector records what its tables hold of each topic partition. */
public record TransactionIds(String connector) {
    /** Its version is the next offset to read. */
    public String offset(TopicPartition partition) {
        return connector + "|" + partition.topic() + "|" + partition.partition();
    }

    /** Its version is the newest source time in the table, milliseconds since the epoch. */
    public String sourceTime(TopicPartition partition) {
        return offset(partition) + "|source-time";
    }

    OptionalLong offsetIn(Map<String, Long> transactions, TopicPartition partition) {
        Long offset = transactions.get(offset(partition));
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }
}
