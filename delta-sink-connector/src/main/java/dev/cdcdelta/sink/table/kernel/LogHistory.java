package dev.cdcdelta.sink.table.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.sink.table.CommitSummary;
import dev.cdcdelta.sink.table.storage.WarehouseFiles;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The {@code commitInfo} actions of a log. */
final class LogHistory {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WarehouseFiles files;
    private final String location;

    LogHistory(WarehouseFiles files, String location) {
        this.files = files;
        this.location = location;
    }

    /** Newest first, from {@code version} down; ends early where older versions have been cleaned up. */
    List<CommitSummary> before(long version, int limit) throws IOException {
        List<CommitSummary> history = new ArrayList<>();
        for (long v = version; v >= 0 && history.size() < limit; v--) {
            Optional<JsonNode> info = commitInfo(v);
            if (info.isEmpty()) {
                return history;
            }
            history.add(summary(v, info.get()));
        }
        return history;
    }

    /** Whether the version exists, and if so, whose it is: its {@code commitInfo.txnId}, empty text if it has none. */
    Optional<String> writerOf(long version) throws IOException {
        return commitInfo(version).map(info -> info.path("txnId").asText(""));
    }

    private Optional<JsonNode> commitInfo(long version) throws IOException {
        String path = location + "/_delta_log/" + String.format(Locale.ROOT, "%020d.json", version);
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(files.newInputFile(path, -1).newStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("\"commitInfo\"")) {
                    JsonNode info = JSON.readTree(line).path("commitInfo");
                    if (info.isObject()) {
                        return Optional.of(info);
                    }
                }
            }
            return Optional.of(JSON.createObjectNode());
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private static CommitSummary summary(long version, JsonNode info) {
        Map<String, String> information = new LinkedHashMap<>();
        info.path("operationMetrics")
                .properties()
                .forEach(metric ->
                        information.put(metric.getKey(), metric.getValue().asText()));
        for (String name : List.of("engineInfo", "txnId")) {
            if (info.hasNonNull(name)) {
                information.put(name, info.get(name).asText());
            }
        }
        return new CommitSummary(
                version,
                Instant.ofEpochMilli(info.path("timestamp").asLong()),
                info.path("operation").asText(""),
                information);
    }
}
