package dev.cdcdelta.bench.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.bench.load.OrderSql;
import dev.cdcdelta.stack.process.StackException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code spark-reader stream}, told what to consume. It ends when its input does, at the latest with this process. */
final class SparkStream implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEAP = "6g";

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;
    private final Path log;

    private SparkStream(Process process, Path log) {
        this.process = process;
        this.commands = process.outputWriter();
        this.answers = process.inputReader();
        this.log = log;
    }

    /**
     * What a command did.
     *
     * @param batchSeconds of a batch on average
     */
    record Answer(long records, long batches, double batchSeconds) {}

    /** Returns when Spark is up and the table is there. */
    static SparkStream start(Path program, String bootstrapServers, String topic, Path directory) {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "stream",
                "--location=" + directory.resolve("warehouse/orders").toUri(),
                "--checkpoint=" + directory.resolve("checkpoint"),
                "--bootstrap-servers=" + bootstrapServers,
                "--topic=" + topic,
                "--document=" + OrderSql.document(),
                "--conf=spark.sql.shuffle.partitions=4",
                "--conf=spark.databricks.delta.snapshotPartitions=2"));
        OrderSql.columns().forEach((name, expression) -> command.add("--column=" + name + "=" + expression));
        Path log = directory.resolve("spark.log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().put("SPARK_READER_HEAP", HEAP);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            SparkStream stream = new SparkStream(builder.start(), log);
            stream.answer();
            return stream;
        } catch (IOException e) {
            throw new StackException("Spark cannot be started with " + program + ": " + e.getMessage(), e);
        }
    }

    long pid() {
        return process.pid();
    }

    /**
     * Consumes all that is in the topic.
     *
     * @param mode {@code append}, {@code load} or {@code merge}
     * @param most records of a batch
     */
    Answer consume(String mode, long most) {
        JsonNode answer = ask(mode + " " + most);
        return new Answer(
                answer.path("records").asLong(),
                answer.path("batches").asLong(),
                answer.path("batchSeconds").asDouble());
    }

    long rows() {
        return ask("count").path("rows").asLong();
    }

    private JsonNode ask(String command) {
        try {
            commands.write(command);
            commands.newLine();
            commands.flush();
            return answer();
        } catch (IOException e) {
            throw new StackException("Spark does not take the command " + command + ": " + e + ". See " + log, e);
        }
    }

    private JsonNode answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new StackException("Spark has ended before its time. Its log says why: " + log);
        }
        return JSON.readTree(line);
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
            throw new StackException("Spark's input cannot be closed: " + e, e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
