package dev.cdcdelta.sink.table;

import java.util.Map;
import java.util.Optional;

/**
 * Where a new file belongs.
 *
 * @param tags the AddFile tags; files of the change data feed have none
 * @param partition the value of every partition column in the text form of the Delta log, see {@link PartitionText}; empty for null
 */
public record FilePlace(Map<String, String> tags, Map<String, Optional<String>> partition) {
    public FilePlace {
        tags = Map.copyOf(tags);
        partition = Map.copyOf(partition);
    }

    /** In a table without partitions. */
    public static FilePlace tagged(Map<String, String> tags) {
        return new FilePlace(tags, Map.of());
    }
}
