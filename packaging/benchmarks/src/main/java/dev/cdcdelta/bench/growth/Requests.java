package dev.cdcdelta.bench.growth;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts what a task of one partition asks of its object store. */
public final class Requests {
    private static final String TABLE = "requests";

    private final Map<String, String> storage;
    private final RequestCounter counter;
    private final int commits;
    private final int rows;

    /**
     * @param storage settings of the sink that lead through the counter
     * @param commits of each kind
     * @param rows of a commit
     */
    public Requests(Map<String, String> storage, RequestCounter counter, int commits, int rows) {
        this.storage = Map.copyOf(storage);
        this.counter = counter;
        this.commits = commits;
        this.rows = rows;
    }

    /**
     * Requests by their kind.
     *
     * @param insertCommit of a commit that adds rows, on average over all, checkpoints and other upkeep among them
     * @param updateCommit of one that changes as many rows of as many files as there are
     * @param start of a task whose table and index are there, until it can take records
     */
    public record Figures(
            Map<String, Double> insertCommit, Map<String, Double> updateCommit, Map<String, Double> start) {
        public static double total(Map<String, Double> requests) {
            return requests.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    public Figures run() {
        Map<String, String> settings = new HashMap<>(storage);
        settings.put("commit.max.rows", Integer.toString(rows));
        settings.put("commit.interval.ms", "60000");
        Map<String, Double> inserts;
        long next;
        try (DrivenTask task = new DrivenTask(settings, TABLE, 0)) {
            task.costOf(ids(0));
            counter.take();
            for (int commit = 1; commit <= commits; commit++) {
                task.costOf(ids(commit * rows));
            }
            next = task.nextOffset();
        }
        inserts = perCommit(counter.take());
        Map<String, Double> start;
        Map<String, Double> updates;
        try (DrivenTask task = new DrivenTask(settings, TABLE, next)) {
            start = each(counter.take(), 1);
            for (int commit = 0; commit < commits; commit++) {
                task.costOf(ids(commit * rows));
            }
        }
        updates = perCommit(counter.take());
        return new Figures(inserts, updates, start);
    }

    private int[] ids(int first) {
        int[] ids = new int[rows];
        Arrays.setAll(ids, index -> first + index);
        return ids;
    }

    private Map<String, Double> perCommit(Map<String, Integer> counts) {
        return each(counts, commits);
    }

    private static Map<String, Double> each(Map<String, Integer> counts, int divisor) {
        Map<String, Double> each = new TreeMap<>();
        counts.forEach((kind, count) -> each.put(kind, Math.round(100.0 * count / divisor) / 100.0));
        return each;
    }
}
