package dev.cdcdelta.bench.readers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Statements for one Spark process, which takes longer to start than to answer them. */
final class SparkScript {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARKER = "spark_script_statement";

    private final Map<String, String> statements = new LinkedHashMap<>();

    /** @param name under which {@link #run} gives the statement's rows */
    SparkScript ask(String name, String statement) {
        statements.put(name, statement);
        return this;
    }

    /** The rows of each statement. */
    Map<String, List<JsonNode>> run() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "../spark-reader/spark-reader",
                "--location=file:///unused",
                "--conf=spark.databricks.delta.retentionDurationCheck.enabled=false"));
        statements.forEach((name, statement) -> {
            command.add("--execute=SELECT '" + name + "' AS " + MARKER);
            command.add("--execute=" + statement);
        });
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, List<JsonNode>> answers = new LinkedHashMap<>();
        List<JsonNode> current = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode row = JSON.readTree(line);
                if (row.has(MARKER)) {
                    current = new ArrayList<>();
                    answers.put(row.get(MARKER).asText(), current);
                } else {
                    current.add(row);
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("spark-reader ended with " + process.exitValue() + "; its message is above");
        }
        return answers;
    }
}
