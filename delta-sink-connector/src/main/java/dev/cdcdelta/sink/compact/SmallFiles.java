package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.table.DataFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Groups small files. Tier t holds the files of {@code 8^t} live rows and more, up to the next tier. Eight files of a tier become one of a
 * higher one, so that at most seven files wait in each.
 */
final class SmallFiles {
    static final int FAN_IN = 8;

    private SmallFiles() {}

    /** @param small none of them full */
    static List<CompactionGroup> group(List<DataFile> small, FileBounds bounds) {
        List<CompactionGroup> groups = new ArrayList<>();
        List<DataFile> rest = fillFiles(small, bounds, groups);
        List<DataFile> lifted = lift(rest, LiveShare::rows);
        if (lifted.isEmpty()) {
            lifted = rest.stream().filter(LiveShare::isLargelyDead).toList();
            if (!bounds.isWorthACommit(lifted)) {
                return groups;
            }
        }
        if (!lifted.isEmpty()) {
            groups.add(new CompactionGroup(lifted));
        }
        return groups;
    }

    /** The fewest rows first, as many files as make a full one. @return the files that do not suffice for one more */
    private static List<DataFile> fillFiles(List<DataFile> small, FileBounds bounds, List<CompactionGroup> groups) {
        List<DataFile> sorted = new ArrayList<>(small);
        sorted.sort(Comparator.comparingLong(LiveShare::rows).thenComparing(DataFile::path));
        List<DataFile> together = new ArrayList<>();
        for (DataFile file : sorted) {
            together.add(file);
            if (bounds.isFull(together)) {
                groups.add(new CompactionGroup(together));
                together = new ArrayList<>();
            }
        }
        return together;
    }

    /** All files up to the lowest tier that is full, and up to those that their rows would make full. */
    static List<DataFile> lift(List<DataFile> files, ToLongFunction<DataFile> rows) {
        TreeMap<Integer, List<DataFile>> tiers = new TreeMap<>();
        for (DataFile file : files) {
            tiers.computeIfAbsent(tier(rows.applyAsLong(file)), tier -> new ArrayList<>())
                    .add(file);
        }
        List<DataFile> lifted = new ArrayList<>();
        int reached = -1;
        for (Map.Entry<Integer, List<DataFile>> entry : tiers.entrySet()) {
            int tier = entry.getKey();
            int arriving = tier(lifted.stream().mapToLong(rows).sum()) == tier && reached >= 0 ? 1 : 0;
            if (entry.getValue().size() + arriving >= FAN_IN) {
                lifted = upTo(tier, tiers);
                reached = tier;
            } else if (reached >= 0) {
                break;
            }
        }
        return lifted;
    }

    private static List<DataFile> upTo(int tier, TreeMap<Integer, List<DataFile>> tiers) {
        return tiers.headMap(tier, true).values().stream().flatMap(List::stream).toList();
    }

    private static int tier(long rows) {
        int tier = 0;
        for (long left = rows; left >= FAN_IN; left /= FAN_IN) {
            tier++;
        }
        return tier;
    }
}
