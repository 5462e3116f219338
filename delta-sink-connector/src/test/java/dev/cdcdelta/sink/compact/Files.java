package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.index.IndexedFiles;
import dev.cdcdelta.sink.table.DataFile;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Short forms for live files of a table. */
final class Files {
    static final TopicPartition P0 = new TopicPartition("shop.orders", 0);
    static final TopicPartition P1 = new TopicPartition("shop.orders", 1);

    private Files() {}

    static DataFile file(String path, long bytes, long rows, long dead) {
        return file(path, bytes, rows, dead, IndexedFiles.tags(P0));
    }

    static DataFile file(String path, long bytes, long rows, long dead, Map<String, String> tags) {
        return new DataFile(path, bytes, rows, dead, dead == 0 ? "" : "vector of " + dead, tags);
    }
}
