package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Which files of a table the owner of some topic partitions indexes: those of its partitions, those of nobody, and all of shared topics. */
public record IndexedFiles(Set<TopicPartition> owned, Set<String> sharedTopics) {
    private static final String TOPIC = "cdcdelta.topic";
    private static final String PARTITION = "cdcdelta.partition";

    public IndexedFiles {
        owned = Set.copyOf(owned);
        sharedTopics = Set.copyOf(sharedTopics);
    }

    /** The tags of a file that holds rows of this partition only. */
    public static Map<String, String> tags(TopicPartition partition) {
        return Map.of(TOPIC, partition.topic(), PARTITION, Integer.toString(partition.partition()));
    }

    /** Those of the file's tags that tell whose rows it holds. */
    public static Map<String, String> ownTags(DataFile file) {
        Map<String, String> own = new HashMap<>(file.tags());
        own.keySet().retainAll(Set.of(TOPIC, PARTITION));
        return own;
    }

    List<DataFile> of(TableSnapshot snapshot) {
        return snapshot.files().values().stream().filter(this::isIndexed).toList();
    }

    /** Changes whenever somebody rewrote, re-vectored or added a file that is indexed. */
    Map<String, String> state(TableSnapshot snapshot) {
        Map<String, String> vectors = new HashMap<>();
        of(snapshot).forEach(file -> vectors.put(file.path(), file.deletionVector()));
        return vectors;
    }

    private boolean isIndexed(DataFile file) {
        String topic = file.tags().get(TOPIC);
        String partition = file.tags().get(PARTITION);
        if (topic == null || partition == null || sharedTopics.contains(topic)) {
            return true;
        }
        return owned.stream()
                .anyMatch(own -> own.topic().equals(topic)
                        && Integer.toString(own.partition()).equals(partition));
    }
}
