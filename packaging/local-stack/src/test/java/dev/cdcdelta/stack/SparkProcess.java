package dev.cdcdelta.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Spark with delta-spark, in a process and on a class path of its own, against the tables of a stack. */
final class SparkProcess {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXECUTABLE = Path.of("../spark-reader/spark-reader");

    private final StackDescription stack;

    SparkProcess(StackDescription stack) {
        this.stack = stack;
    }

    /** Rows of a query over the view {@code t}, which is the table. */
    List<JsonNode> rows(String table, String sql) throws IOException, InterruptedException {
        return run(table, "--sql", sql);
    }

    /** Runs a statement in which {@code {table}} stands for the table. */
    void execute(String table, String statement) throws IOException, InterruptedException {
        run(table, "--execute", statement);
    }

    private List<JsonNode> run(String table, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(EXECUTABLE.toString(), "--location", stack.warehouse() + "/" + table));
        setting(command, "fs.s3a.endpoint", Objects.requireNonNull(stack.s3Endpoint()));
        setting(command, "fs.s3a.endpoint.region", "us-east-1");
        setting(command, "fs.s3a.path.style.access", "true");
        setting(command, "fs.s3a.access.key", Objects.requireNonNull(stack.s3AccessKey()));
        setting(command, "fs.s3a.secret.key", Objects.requireNonNull(stack.s3SecretKey()));
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
