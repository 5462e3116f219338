package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.table.DataFile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Which files of a table one shard of its index covers. */
public sealed interface IndexedFiles {
    String TOPIC = "cdcdelta.topic";
    String PARTITION = "cdcdelta.partition";
    String CLOSED = "cdcdelta.closed";

    /** The tags of a file that holds rows of this partition only. */
    static Map<String, String> tags(TopicPartition partition) {
        return Map.of(TOPIC, partition.topic(), PARTITION, Integer.toString(partition.partition()));
    }

    /** The tags of a file that holds only such rows of this partition as no key stands for any more: closed versions of documents. */
    static Map<String, String> closedTags(TopicPartition partition) {
        Map<String, String> tags = new HashMap<>(tags(partition));
        tags.put(CLOSED, "true");
        return tags;
    }

    /** Those of the file's tags that tell whose rows it holds. */
    static Map<String, String> ownTags(DataFile file) {
        Map<String, String> own = new HashMap<>(file.tags());
        own.keySet().retainAll(Set.of(TOPIC, PARTITION, CLOSED));
        return own;
    }

    boolean covers(DataFile file);

    /** Whether the files of a partition are covered. */
    boolean covers(TopicPartition partition);

    /** A path below the table's folder, which names what is covered. */
    String folder();

    /** Those that hold rows of one topic partition. */
    record OfPartition(TopicPartition partition) implements IndexedFiles {
        @Override
        public boolean covers(DataFile file) {
            return !isClosed(file) && owner(file).equals(Optional.of(partition));
        }

        @Override
        public boolean covers(TopicPartition other) {
            return other.equals(partition);
        }

        @Override
        public String folder() {
            return name(partition.topic()) + "/" + partition.partition();
        }
    }

    /** Those that belong to no topic partition: other writers made them. */
    record OfNobody() implements IndexedFiles {
        @Override
        public boolean covers(DataFile file) {
            return !isClosed(file) && owner(file).isEmpty();
        }

        @Override
        public boolean covers(TopicPartition partition) {
            return false;
        }

        @Override
        public String folder() {
            return "_nobody";
        }
    }

    /** All files of the table. */
    record Everything() implements IndexedFiles {
        @Override
        public boolean covers(DataFile file) {
            return !isClosed(file);
        }

        @Override
        public boolean covers(TopicPartition partition) {
            return true;
        }

        @Override
        public String folder() {
            return "_all";
        }
    }

    private static boolean isClosed(DataFile file) {
        return Boolean.parseBoolean(file.tags().get(CLOSED));
    }

    private static Optional<TopicPartition> owner(DataFile file) {
        String topic = file.tags().get(TOPIC);
        String partition = file.tags().get(PARTITION);
        try {
            return topic == null || partition == null
                    ? Optional.empty()
                    : Optional.of(new TopicPartition(topic, Integer.parseInt(partition)));
        } catch (NumberFormatException e) {
            // Somebody copied one of the tags: the file is theirs.
            return Optional.empty();
        }
    }

    /** A text as the name of one folder, which a topic's own folder cannot be mistaken for. */
    static String name(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("_", "%5F")
                .replace(".", "%2E")
                .replace("*", "%2A");
    }
}
