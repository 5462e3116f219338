package dev.cdcdelta.admin.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far one sink connector has read one topic partition, as its last commit says.
 *
 * @param nextOffset the first offset that is not in the table
 * @param sourceTime the newest source time that is in the table
 */
public record PartitionProgress(
        String connector,
        String topic,
        int partition,
        long nextOffset,
        @Nullable Instant sourceTime) {
    private static final String SOURCE_TIME = "source-time";

    /**
     * Reads the transaction identifiers {@code <connector>|<topic>|<partition>} and {@code …|source-time}; other writers' are
     * skipped.
     */
    public static List<PartitionProgress> of(Map<String, Long> transactions) {
        List<PartitionProgress> all = new ArrayList<>();
        for (Map.Entry<String, Long> transaction : transactions.entrySet()) {
            String identifier = transaction.getKey();
            String[] parts = identifier.split("\\|");
            if (parts.length == 3 && parts[2].matches("\\d{1,9}")) {
                Long time = transactions.get(identifier + "|" + SOURCE_TIME);
                all.add(new PartitionProgress(
                        parts[0],
                        parts[1],
                        Integer.parseInt(parts[2]),
                        transaction.getValue(),
                        time == null ? null : Instant.ofEpochMilli(time)));
            }
        }
        all.sort(java.util.Comparator.comparing(PartitionProgress::connector)
                .thenComparing(PartitionProgress::topic)
                .thenComparingInt(PartitionProgress::partition));
        return all;
    }
}
