package dev.cdcdelta.sink.merge;

import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/** The transaction identifiers under which a connector records what its tables hold of each topic partition. */
public record TransactionIds(String connector) {
    private static final String SHARED = "|shared";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    /** Its version is the next offset to read. */
    public String offset(TopicPartition partition) {
        return connector + "|" + partition.topic() + "|" + partition.partition();
    }

    /** Its version is the newest source time in the table, milliseconds since the epoch. */
    public String sourceTime(TopicPartition partition) {
        return offset(partition) + "|source-time";
    }

    /** Its version is 1 where keys of the topic may have moved between partitions. */
    public String shared(String topic) {
        return connector + "|" + topic + SHARED;
    }

    /** Its version is when the connector first recorded a partition of the topic, milliseconds since the epoch. */
    public String since(String topic) {
        return connector + "|" + topic + "|since";
    }

    OptionalLong offsetIn(Map<String, Long> transactions, TopicPartition partition) {
        Long offset = transactions.get(offset(partition));
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** The topics whose keys may have moved between partitions. */
    Set<String> sharedIn(Map<String, Long> transactions) {
        Set<String> topics = new TreeSet<>();
        String prefix = connector + "|";
        for (String id : transactions.keySet()) {
            if (id.startsWith(prefix) && id.endsWith(SHARED) && id.length() > prefix.length() + SHARED.length()) {
                topics.add(id.substring(prefix.length(), id.length() - SHARED.length()));
            }
        }
        return topics;
    }

    /** The partitions of the topic whose offset is recorded. */
    Set<TopicPartition> partitionsIn(Map<String, Long> transactions, String topic) {
        Set<TopicPartition> partitions = new HashSet<>();
        String prefix = connector + "|" + topic + "|";
        for (String id : transactions.keySet()) {
            if (id.startsWith(prefix)
                    && NUMBER.matcher(id.substring(prefix.length())).matches()) {
                partitions.add(new TopicPartition(topic, Integer.parseInt(id.substring(prefix.length()))));
            }
        }
        return partitions;
    }
}
