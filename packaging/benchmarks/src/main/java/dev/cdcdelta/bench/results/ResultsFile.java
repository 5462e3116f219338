package dev.cdcdelta.bench.results;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Results, a JSON object a line, the oldest first.
 *
 * @param path need not be there
 */
public record ResultsFile(Path path) {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** What a suite has found on this machine now. */
    public void append(String suite, JsonNode figures) {
        ObjectNode line = JSON.createObjectNode()
                .put("suite", suite)
                .put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        line.set("machine", JSON.valueToTree(Machine.here()));
        line.set("versions", JSON.valueToTree(versions()));
        line.set("figures", figures);
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.writeString(path, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new StackException(
                    "The result cannot be added to " + path + ": " + e + ". Name another file with --results.", e);
        }
    }

    /** Empty where there is no file. */
    public List<Result> read() {
        List<Result> results = new ArrayList<>();
        try {
            for (String line : Files.exists(path) ? Files.readAllLines(path) : List.<String>of()) {
                if (!line.isBlank()) {
                    results.add(result(JSON.readTree(line)));
                }
            }
        } catch (IOException e) {
            throw new StackException(
                    "The results in " + path + " cannot be read: " + e.getMessage()
                            + ". Each of its lines is a JSON object; mend or delete the line.",
                    e);
        }
        return results;
    }

    private static Result result(JsonNode line) throws IOException {
        Map<String, String> versions = new TreeMap<>();
        line.path("versions")
                .properties()
                .forEach(each -> versions.put(each.getKey(), each.getValue().asText()));
        return new Result(
                line.path("suite").asText(),
                Instant.parse(line.path("at").asText()),
                JSON.treeToValue(line.path("machine"), Machine.class),
                versions,
                line.path("figures"));
    }

    private static Map<String, String> versions() {
        Properties properties = new Properties();
        try (InputStream resource = ResultsFile.class.getResourceAsStream("versions.properties")) {
            if (resource == null) {
                throw new StackException(
                        "versions.properties is missing in the jar of the benchmarks. Build it again.");
            }
            properties.load(resource);
        } catch (IOException e) {
            throw new StackException("versions.properties cannot be read from the jar of the benchmarks: " + e, e);
        }
        Map<String, String> versions = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> versions.put(name, properties.getProperty(name)));
        versions.put("commit", System.getProperty("bench.commit", "unknown"));
        return versions;
    }
}
