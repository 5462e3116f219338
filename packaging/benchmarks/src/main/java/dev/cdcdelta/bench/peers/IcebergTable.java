package dev.cdcdelta.bench.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.bench.load.SinkLoad;
import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A table of Iceberg's Hadoop catalog, of which the metadata alone is read: the current one is named by {@code version-hint.text}, and its
 * snapshot's summary has the number of rows (Iceberg's table specification, "Optional Snapshot Summary Fields").
 */
final class IcebergTable implements SinkLoad.Visibility {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long PAUSE_MILLIS = 100;

    private final Path metadata;

    IcebergTable(Path warehouse) {
        this.metadata = warehouse
                .resolve(IcebergSettings.NAMESPACE)
                .resolve(IcebergSettings.TABLE)
                .resolve("metadata");
    }

    /** The tasks report offsets when they have written files; the rows are there when the coordinator has committed them. */
    @Override
    public void await(long records) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long rows = rows();
        while (rows < records) {
            if (System.nanoTime() > deadline) {
                throw new StackException("Iceberg's table in " + metadata + " has " + rows + " rows after "
                        + PATIENCE.toSeconds() + " s, not " + records
                        + ". See the worker's log beside it for what its coordinator says.");
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StackException("Interrupted while Iceberg's commit was waited for", e);
            }
            rows = rows();
        }
    }

    /** 0 before the first commit. */
    long rows() {
        try {
            String version =
                    Files.readString(metadata.resolve("version-hint.text")).trim();
            JsonNode table = JSON.readTree(
                    metadata.resolve("v" + version + ".metadata.json").toFile());
            JsonNode current = table.path("current-snapshot-id");
            for (JsonNode snapshot : table.path("snapshots")) {
                if (snapshot.path("snapshot-id").equals(current)) {
                    return snapshot.at("/summary/total-records").asLong();
                }
            }
            return 0;
        } catch (NoSuchFileException notYet) {
            return 0;
        } catch (IOException e) {
            throw new StackException("The metadata of Iceberg's table in " + metadata + " cannot be read: " + e, e);
        }
    }
}
