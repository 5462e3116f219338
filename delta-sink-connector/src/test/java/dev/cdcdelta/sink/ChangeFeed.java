package dev.cdcdelta.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.sink.schema.TableKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table's changes version by version, as the protocol tells readers of the change data feed to, and holds each preimage against
 * the row that the changes before it left. DuckDB reads the files.
 */
final class ChangeFeed {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path table;
    private final TableKind kind;
    private final Connection duckDb;
    private final Map<String, Map<String, String>> rows = new TreeMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    ChangeFeed(Path table, TableKind kind, Connection duckDb) {
        this.table = table;
        this.kind = kind;
        this.duckDb = duckDb;
    }

    /** Takes in the changes of the versions. */
    ChangeFeed replay(long first, long last) throws IOException, SQLException {
        for (long version = first; version <= last; version++) {
            replay(version);
        }
        return this;
    }

    private void replay(long version) throws IOException, SQLException {
        List<JsonNode> images = new ArrayList<>();
        List<JsonNode> added = new ArrayList<>();
        boolean removes = false;
        for (String line : Files.readAllLines(commit(table, version))) {
            JsonNode action = JSON.readTree(line);
            if (action.has("cdc")) {
                images.add(action.get("cdc"));
            } else if (action.path("add").path("dataChange").asBoolean()) {
                added.add(action.get("add"));
            }
            removes |= action.path("remove").path("dataChange").asBoolean();
        }
        if (images.isEmpty()) {
            assertThat(removes)
                    .as("version %d removes rows without images", version)
                    .isFalse();
        }
        List<Map<String, String>> changes = new ArrayList<>();
        for (JsonNode file : images.isEmpty() ? added : images) {
            changes.addAll(read(file));
        }
        // The order of images within a version means nothing: what goes, goes before what comes.
        changes.stream().filter(change -> goes(type(change))).forEach(change -> take(version, change));
        changes.stream().filter(change -> !goes(type(change))).forEach(change -> take(version, change));
    }

    static Path commit(Path table, long version) {
        return table.resolve("_delta_log").resolve(String.format(Locale.ROOT, "%020d.json", version));
    }

    private static boolean goes(String type) {
        return type.equals("delete") || type.equals("update_preimage");
    }

    private static String type(Map<String, String> change) {
        return change.getOrDefault("_change_type", "insert");
    }

    private void take(long version, Map<String, String> change) {
        String type = type(change);
        Map<String, String> row = new TreeMap<>(change);
        row.remove("_change_type");
        String key = key(row);
        counts.merge(type, 1, Integer::sum);
        if (goes(type)) {
            assertThat(rows.remove(key))
                    .as("version %d, %s of %s", version, type, key)
                    .isEqualTo(row);
        } else {
            assertThat(rows.put(key, row))
                    .as("version %d, %s of %s", version, type, key)
                    .isNull();
        }
    }

    /** Changes of one transaction share their time and order: a document may have several versions of both. */
    private String key(Map<String, String> row) {
        String id = row.getOrDefault("_id", "");
        return kind == TableKind.VERSIONS ? id + " " + row : id;
    }

    private List<Map<String, String>> read(JsonNode file) throws SQLException {
        List<Map<String, String>> found = new ArrayList<>();
        String path = table.resolve(file.get("path").asText()).toString();
        try (Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT * EXCLUDE (_cdc_hash) FROM read_parquet('" + path + "', hive_partitioning = false)")) {
            while (result.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    put(row, result.getMetaData().getColumnName(i), result.getString(i));
                }
                file.get("partitionValues").fields().forEachRemaining(value -> {
                    if (!value.getValue().isNull()) {
                        put(row, value.getKey(), value.getValue().asText());
                    }
                });
                found.add(row);
            }
        }
        return found;
    }

    private static void put(Map<String, String> row, String name, @Nullable String value) {
        if (value != null) {
            row.put(name, value.replaceAll("'(\\w+)': ", "$1="));
        }
    }

    /** How many changes of each type there were. */
    Map<String, Integer> counts() {
        return counts;
    }

    /** What the changes come to, as {@link TableContent#rows} shows rows without the connector's own columns. */
    List<String> rows() {
        List<String> texts = new ArrayList<>();
        for (Map<String, String> row : rows.values()) {
            StringBuilder text = new StringBuilder(row.getOrDefault("_id", "")).append(':');
            row.forEach((name, value) -> {
                if (!name.startsWith("_")) {
                    text.append(' ').append(name).append('=').append(value);
                }
            });
            texts.add(text.toString());
        }
        return texts;
    }
}
