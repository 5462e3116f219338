package dev.cdcdelta.bench.lag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When each record of a topic became a row that readers see. A commit carries, as transaction identifiers, the next offset of every
 * partition; the moment counts at which its file is first seen in the table's log.
 */
final class VisibleOffsets implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PAUSE_MILLIS = 5;

    private final Path log;
    private final String prefix;

    /** By partition: by the next offset, when it was first seen, as System.nanoTime tells. */
    private final Map<Integer, NavigableMap<Long, Long>> seen = new HashMap<>();

    private final Thread thread;
    private volatile boolean closed;
    private volatile long commits;
    private volatile @Nullable IOException failure;

    /** @param table its directory, which need not be there yet */
    VisibleOffsets(Path table, String connector, String topic) {
        this.log = table.resolve("_delta_log");
        this.prefix = connector + "|" + topic + "|";
        this.thread = new Thread(this::watch, "bench-table-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * @return System.nanoTime of the moment; 0 if the record is not in the table yet
     */
    synchronized long nanosOf(int partition, long offset) {
        NavigableMap<Long, Long> steps = seen.get(partition);
        Map.Entry<Long, Long> step = steps == null ? null : steps.higherEntry(offset);
        return step == null ? 0 : step.getValue();
    }

    /** The next offset of a partition; 0 if none is in the table. */
    synchronized long next(int partition) {
        NavigableMap<Long, Long> steps = seen.get(partition);
        return steps == null || steps.isEmpty() ? 0 : steps.lastKey();
    }

    long commits() {
        return commits;
    }

    /** @throws StackException if the log could not be read any more */
    void requireHealthy() {
        IOException failed = failure;
        if (failed != null) {
            throw new StackException("The table's log " + log + " cannot be read: " + failed, failed);
        }
    }

    private void watch() {
        long version = 0;
        try {
            while (!closed) {
                Path file = log.resolve(String.format("%020d.json", version));
                if (Files.exists(file)) {
                    accept(Files.readString(file), System.nanoTime());
                    version++;
                    commits = version;
                } else {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param commit the lines of a commit's file */
    synchronized void accept(String commit, long nanos) throws IOException {
        for (String line : commit.split("\n")) {
            JsonNode transaction =
                    line.startsWith("{\"txn\"") ? JSON.readTree(line).path("txn") : null;
            String identifier =
                    transaction == null ? "" : transaction.path("appId").asText();
            String partition = identifier.startsWith(prefix) ? identifier.substring(prefix.length()) : "";
            if (transaction != null && partition.matches("\\d+")) {
                seen.computeIfAbsent(Integer.valueOf(partition), number -> new TreeMap<>())
                        .putIfAbsent(transaction.path("version").asLong(), nanos);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
