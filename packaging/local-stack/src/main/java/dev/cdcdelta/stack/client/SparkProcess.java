package dev.cdcdelta.stack.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.stack.StackDescription;
import dev.cdcdelta.stack.service.Installation;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Spark with delta-spark, in a process and on a class path of its own, against the tables of a stack. */
public final class SparkProcess {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StackDescription stack;

    public SparkProcess(StackDescription stack) {
        this.stack = stack;
    }

    /** Rows of a query over the view {@code t}, which is the table. */
    public List<JsonNode> rows(String table, String sql) throws IOException, InterruptedException {
        return run(table, "--sql", sql);
    }

    /** Runs statements, one after the other in one session, in which {@code {table}} stands for the table; gives their rows. */
    public List<JsonNode> execute(String table, String... statements) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        for (String statement : statements) {
            arguments.add("--execute");
            arguments.add(statement);
        }
        return run(table, arguments.toArray(String[]::new));
    }

    /** The same against a table that others write to: a statement that loses a race is run again. */
    public List<JsonNode> executeAmongWriters(String table, String... statements)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--retries", "50"));
        for (String statement : statements) {
            arguments.add("--execute");
            arguments.add(statement);
        }
        return run(table, arguments.toArray(String[]::new));
    }

    private List<JsonNode> run(String table, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Installation.find().sparkReader().toString(), "--location", stack.warehouse() + "/" + table));
        if (stack.s3Endpoint() != null) {
            setting(command, "fs.s3a.endpoint", stack.s3Endpoint());
            setting(command, "fs.s3a.endpoint.region", "us-east-1");
            setting(command, "fs.s3a.path.style.access", "true");
            setting(command, "fs.s3a.access.key", Objects.requireNonNull(stack.s3AccessKey()));
            setting(command, "fs.s3a.secret.key", Objects.requireNonNull(stack.s3SecretKey()));
        }
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<JsonNode> rows = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(JSON.readTree(line));
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("spark-reader ended with " + process.exitValue() + "; its message is above");
        }
        return rows;
    }

    private static void setting(List<String> command, String key, String value) {
        command.add("--conf");
        command.add("spark.hadoop." + key + "=" + value);
    }
}
