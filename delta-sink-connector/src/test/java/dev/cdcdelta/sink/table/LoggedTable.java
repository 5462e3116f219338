package dev.cdcdelta.sink.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A table as its JSON commits say, replayed by PROTOCOL.md alone; what no commit may do fails on the way. */
final class LoggedTable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Live add actions by path and vector. */
    final Map<String, JsonNode> live = new TreeMap<>();

    final Map<String, Long> transactions = new TreeMap<>();

    private final Path log;
    private @Nullable JsonNode protocol;
    private @Nullable JsonNode metadata;
    long version = -1;

    LoggedTable(Path log) {
        this.log = log;
    }

    JsonNode protocol() {
        return Objects.requireNonNull(protocol);
    }

    JsonNode metadata() {
        return Objects.requireNonNull(metadata);
    }

    boolean replayNext() throws IOException {
        Path commit = log.resolve(String.format("%020d.json", version + 1));
        if (!Files.exists(commit)) {
            return false;
        }
        version++;
        List<JsonNode> actions =
                Files.readAllLines(commit).stream().map(LoggedTable::parse).toList();
        Set<String> touched = new HashSet<>();
        for (JsonNode action : actions) {
            protocol = action.has("protocol") ? action.get("protocol") : protocol;
            metadata = action.has("metaData") ? action.get("metaData") : metadata;
        }
        for (JsonNode action : actions) {
            if (action.has("remove")) {
                remove(action.get("remove"), touched);
            }
        }
        for (JsonNode action : actions) {
            if (action.has("add")) {
                add(action.get("add"));
            } else if (action.has("txn")) {
                transaction(action.get("txn"));
            } else if (action.has("cdc")) {
                required(action.get("cdc"), "path", "partitionValues", "size", "dataChange");
                assertThat(action.get("cdc").get("dataChange").asBoolean())
                        .as("%s cdc", version)
                        .isFalse();
            } else if (action.has("domainMetadata")) {
                requireFeature("writerFeatures", "domainMetadata");
            }
        }
        return true;
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("no JSON in the log: " + line, e);
        }
    }

    static String key(JsonNode file) {
        JsonNode vector = file.path("deletionVector");
        return file.path("path").asText() + (vector.isObject() ? " " + vector(vector) : "");
    }

    private static String vector(JsonNode vector) {
        return vector.path("storageType").asText()
                + vector.path("pathOrInlineDv").asText()
                + (vector.hasNonNull("offset") ? "@" + vector.path("offset").asInt() : "");
    }

    private void remove(JsonNode remove, Set<String> touched) {
        required(remove, "path", "dataChange");
        assertThat(touched.add(key(remove)))
                .as("%s removes %s twice", version, key(remove))
                .isTrue();
        assertThat(live.remove(key(remove)))
                .as("%s removes %s, which must be live", version, key(remove))
                .isNotNull();
    }

    private void add(JsonNode add) {
        required(add, "path", "partitionValues", "size", "modificationTime", "dataChange");
        String path = add.get("path").asText();
        assertThat(live.values())
                .as("%s adds %s, which must not be live with another vector", version, path)
                .noneMatch(other ->
                        other.get("path").asText().equals(path) && !key(other).equals(key(add)));
        Set<String> partition = new HashSet<>();
        metadata().get("partitionColumns").forEach(column -> partition.add(column.asText()));
        Set<String> given = new HashSet<>();
        add.get("partitionValues").fieldNames().forEachRemaining(given::add);
        assertThat(given).as("%s partition of %s", version, path).isEqualTo(partition);
        if (add.path("deletionVector").isObject()) {
            requireFeature("writerFeatures", "deletionVectors");
            requireFeature("readerFeatures", "deletionVectors");
            assertThat(parse(add.path("stats").asText()).has("numRecords"))
                    .as("%s states the rows of %s, which has a deletion vector", version, path)
                    .isTrue();
        }
        live.put(key(add), add);
    }

    private void transaction(JsonNode txn) {
        required(txn, "appId", "version");
        String id = txn.get("appId").asText();
        long next = txn.get("version").asLong();
        Long last = transactions.put(id, next);
        assertThat(last == null || last <= next)
                .as("%s: transaction %s goes from %s to %s", version, id, last, next)
                .isTrue();
    }

    private void requireFeature(String list, String feature) {
        assertThat(protocol().path(list))
                .as("%s: %s", version, list)
                .anyMatch(node -> node.asText().equals(feature));
        assertThat(protocol().path("minWriterVersion").asInt()).isEqualTo(7);
        assertThat(list.startsWith("writer")
                        || protocol().path("minReaderVersion").asInt() == 3)
                .isTrue();
    }

    private void required(JsonNode action, String... fields) {
        for (String field : fields) {
            assertThat(action.hasNonNull(field))
                    .as("%s: %s of %s", version, field, action)
                    .isTrue();
        }
    }
}
