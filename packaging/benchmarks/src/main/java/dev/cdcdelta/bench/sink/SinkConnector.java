package dev.cdcdelta.bench.sink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cdcdelta.stack.StackDescription;
import dev.cdcdelta.stack.client.ConnectRest;
import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A sink connector of a stack, administered through whichever worker answers. */
public final class SinkConnector {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long PAUSE_MILLIS = 200;

    private final StackDescription stack;
    private final Map<String, String> settings = new TreeMap<>();

    /** Reads the topic's envelopes without a transform, in short flushes. */
    public SinkConnector(StackDescription stack, String name, String topic) {
        this.stack = stack;
        settings.put("name", name);
        settings.put("connector.class", "dev.cdcdelta.sink.DeltaSinkConnector");
        settings.put("topics", topic);
        settings.put("warehouse", stack.warehouse());
        settings.put("commit.interval.ms", "500");
        settings.put("tasks.max", "1");
        settings.put("consumer.override.auto.offset.reset", "earliest");
        // A member that was killed is missed for this long.
        settings.put("consumer.override.session.timeout.ms", "6000");
        settings.put("consumer.override.heartbeat.interval.ms", "1000");
        if (stack.s3Endpoint() != null) {
            settings.put("hadoop.fs.s3a.endpoint", stack.s3Endpoint());
            settings.put("hadoop.fs.s3a.endpoint.region", "us-east-1");
            settings.put("hadoop.fs.s3a.path.style.access", "true");
            settings.put("hadoop.fs.s3a.access.key", "${file:" + stack.secretsFile() + ":s3.access.key}");
            settings.put("hadoop.fs.s3a.secret.key", "${file:" + stack.secretsFile() + ":s3.secret.key}");
        }
    }

    /** A connector with just these settings, which may be another product's. */
    public SinkConnector(StackDescription stack, Map<String, String> settings) {
        this.stack = stack;
        this.settings.putAll(settings);
    }

    public SinkConnector with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    public String name() {
        return settings.getOrDefault("name", "");
    }

    /** Creates it, or changes it to the settings of the moment. */
    public void put() {
        ask(connect -> {
            connect.putConnector(name(), settings);
            return true;
        });
    }

    public void pause() {
        ask(connect -> {
            connect.put("/connectors/" + name() + "/pause");
            return true;
        });
    }

    public void resume() {
        ask(connect -> {
            connect.put("/connectors/" + name() + "/resume");
            return true;
        });
    }

    /** Ends its tasks and keeps its configuration. */
    public void stop() {
        ask(connect -> {
            connect.put("/connectors/" + name() + "/stop");
            return true;
        });
    }

    public void restart() {
        ask(connect -> {
            connect.post("/connectors/" + name() + "/restart?includeTasks=true");
            return true;
        });
    }

    public void delete() {
        ask(connect -> {
            connect.delete("/connectors/" + name());
            return true;
        });
    }

    /** Returns when that many tasks run. */
    public void awaitRunning(int tasks) {
        awaitTasks(tasks, "RUNNING");
    }

    /** Returns when that many tasks are paused. */
    public void awaitPaused(int tasks) {
        awaitTasks(tasks, "PAUSED");
    }

    private void awaitTasks(int tasks, String state) {
        ask(connect -> {
            JsonNode status = connect.get("/connectors/" + name() + "/status");
            long found = 0;
            for (JsonNode task : status.path("tasks")) {
                found += task.path("state").asText().equals(state) ? 1 : 0;
            }
            return found == tasks ? true : null;
        });
    }

    /** How many of its tasks are assigned to a worker, counted from 1. */
    public long tasksOn(int worker) {
        String address = URI.create(stack.connectUrls().get(worker - 1)).getAuthority();
        AtomicLong count = new AtomicLong();
        ask(connect -> {
            JsonNode status = connect.get("/connectors/" + name() + "/status");
            count.set(0);
            for (JsonNode task : status.path("tasks")) {
                count.addAndGet(task.path("worker_id").asText().equals(address) ? 1 : 0);
            }
            return true;
        });
        return count.get();
    }

    /** Of the first task that has failed, as long as the workers answer. */
    public Optional<String> failure() {
        for (ConnectRest connect : workers()) {
            try {
                for (JsonNode task :
                        connect.get("/connectors/" + name() + "/status").path("tasks")) {
                    if (task.path("state").asText().equals("FAILED")) {
                        return Optional.of(task.path("trace").asText());
                    }
                }
                return Optional.empty();
            } catch (IOException noAnswer) {
                // The next worker may.
                continue;
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        return Optional.empty();
    }

    private interface Question {
        @Nullable
        Boolean ask(ConnectRest connect) throws IOException, InterruptedException;
    }

    /** Asks one worker after the other until one gives an answer: they refuse to answer in a rebalance. */
    private void ask(Question question) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        IOException last = new IOException("no answer yet");
        while (System.nanoTime() < deadline) {
            for (ConnectRest connect : workers()) {
                try {
                    if (question.ask(connect) != null) {
                        return;
                    }
                } catch (IOException e) {
                    last = e;
                } catch (InterruptedException e) {
                    throw interrupted(e);
                }
            }
            waitALittle();
        }
        throw new StackException(
                "The connector " + name() + " did not do as told within " + PATIENCE.toSeconds() + " s: "
                        + last.getMessage()
                        + failure().map(trace -> "\n" + trace).orElse(""),
                last);
    }

    private List<ConnectRest> workers() {
        return stack.connectUrls().stream().map(ConnectRest::new).toList();
    }

    private static void waitALittle() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static StackException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new StackException("Interrupted while a connector was administered", cause);
    }
}
