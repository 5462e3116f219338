package dev.cdcdelta.stack.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import dev.cdcdelta.stack.process.StackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/**
 * Waits until the tables hold all that MongoDB held at a moment: until the source has passed MongoDB's operation time of
 * that moment, and until then the sink has passed the ends of the topics.
 */
public final class CatchUp {
    private static final long POLL_MILLIS = 500;

    private final AdminCli cli;
    private final SourceProgress sources;
    private final Consumer<String> progress;
    private final Duration patience;

    /** @param patience how long to wait while nothing moves */
    public CatchUp(AdminCli cli, SourceProgress sources, Consumer<String> progress, Duration patience) {
        this.cli = cli;
        this.sources = sources;
        this.progress = progress;
        this.patience = patience;
    }

    public void await(MongoClient mongodb, List<String> pipelines) throws InterruptedException {
        long now = operationTime(mongodb);
        for (String pipeline : pipelines) {
            await(pipeline, now);
        }
    }

    private static long operationTime(MongoClient mongodb) {
        BsonDocument ping = new BsonDocument("ping", new BsonInt32(1));
        return mongodb.getDatabase("admin")
                .runCommand(ping, BsonDocument.class)
                .getTimestamp("operationTime")
                .getValue();
    }

    private void await(String pipeline, long clusterTime) throws InterruptedException {
        Stall stall = new Stall(pipeline);
        while (true) {
            requireAlive(pipeline);
            // Asked before the lag is: what the source has delivered by then is part of the lag.
            OptionalLong reached = sources.clusterTime(pipeline + "-source");
            boolean delivered = reached.isPresent() && Long.compareUnsigned(reached.getAsLong(), clusterTime) >= 0;
            List<JsonNode> partitions = new ArrayList<>();
            cli.rows(partitions::add, "pipeline", "lag", pipeline);
            progress.accept("  " + pipeline + ": " + events(partitions) + " events to go"
                    + (delivered ? "" : ", more to come from MongoDB"));
            if (delivered && isCommitted(partitions)) {
                return;
            }
            stall.observe(reached + " " + partitions);
            Thread.sleep(POLL_MILLIS);
        }
    }

    private void requireAlive(String pipeline) throws InterruptedException {
        for (String connector : List.of(pipeline + "-source", pipeline + "-sink")) {
            Optional<String> failure = sources.failure(connector);
            if (failure.isPresent()) {
                throw new StackException("The connector " + connector + " has failed. Its trace:\n" + failure.get());
            }
        }
    }

    private static long events(List<JsonNode> partitions) {
        return partitions.stream()
                .mapToLong(partition -> partition.path("lag").asLong())
                .sum();
    }

    private static boolean isCommitted(List<JsonNode> partitions) {
        return !partitions.isEmpty() && events(partitions) == 0;
    }

    private final class Stall {
        private final String what;
        private String last = "";
        private long since = System.nanoTime();

        Stall(String what) {
            this.what = what;
        }

        void observe(String state) {
            if (!state.equals(last)) {
                last = state;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > patience.toNanos()) {
                throw new StackException("The pipeline " + what + " has not moved for " + patience.toSeconds()
                        + " s. `connect-admin-cli pipeline status` tells why.");
            }
        }
    }
}
