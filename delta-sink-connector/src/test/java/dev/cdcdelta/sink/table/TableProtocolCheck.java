package dev.cdcdelta.sink.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.internal.deletionvectors.Base85Codec;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.roaringbitmap.RoaringBitmap;

/**
 * Holds a table of this machine against PROTOCOL.md without our own reader: its whole log, which must reach back to version 0, each
 * live file and its statistics, each deletion vector, each checkpoint.
 */
public final class TableProtocolCheck {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final Connection duckdb;

    private TableProtocolCheck(Path directory, Connection duckdb) {
        this.directory = directory;
        this.duckdb = duckdb;
    }

    public static void check(String location) throws IOException, SQLException {
        Path directory = Path.of(location.replaceFirst("^file:/+", "/"));
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
            try (Statement statement = duckdb.createStatement()) {
                statement.execute("set timezone = 'UTC'");
            }
            new TableProtocolCheck(directory, duckdb).checkAll();
        }
    }

    private void checkAll() throws IOException, SQLException {
        LoggedTable table = new LoggedTable(directory.resolve("_delta_log"));
        while (table.replayNext()) {
            Path checkpoint =
                    directory.resolve("_delta_log").resolve(String.format("%020d.checkpoint.parquet", table.version));
            if (Files.exists(checkpoint)) {
                checkCheckpoint(table, checkpoint);
            }
            Path checksum = directory.resolve("_delta_log").resolve(String.format("%020d.crc", table.version));
            if (Files.exists(checksum)) {
                checkChecksum(table, JSON.readTree(Files.readString(checksum)));
            }
        }
        assertThat(table.version).as("the log of %s", directory).isNotNegative();
        for (JsonNode add : table.live.values()) {
            checkFile(table, add);
        }
    }

    private static void checkChecksum(LoggedTable table, JsonNode checksum) {
        long bytes = table.live.values().stream()
                .mapToLong(add -> add.get("size").asLong())
                .sum();
        assertThat(checksum.get("numFiles").asLong())
                .as("numFiles of %s", table.version)
                .isEqualTo(table.live.size());
        assertThat(checksum.get("tableSizeBytes").asLong())
                .as("bytes of %s", table.version)
                .isEqualTo(bytes);
    }

    private void checkCheckpoint(LoggedTable table, Path checkpoint) throws SQLException {
        Set<String> files = new TreeSet<>();
        Map<String, Long> transactions = new HashMap<>();
        try (Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select coalesce(to_json(add)::varchar, '{}'), coalesce(to_json(txn)::varchar, '{}') from read_parquet('"
                                + checkpoint + "')")) {
            while (rows.next()) {
                JsonNode add = node(rows.getString(1));
                JsonNode txn = node(rows.getString(2));
                if (add.hasNonNull("path")) {
                    files.add(LoggedTable.key(add));
                }
                if (txn.hasNonNull("appId")) {
                    transactions.put(
                            txn.get("appId").asText(), txn.get("version").asLong());
                }
            }
        }
        assertThat(files).as("files of %s", checkpoint).isEqualTo(table.live.keySet());
        assertThat(transactions).as("transactions of %s", checkpoint).isEqualTo(table.transactions);
    }

    private static JsonNode node(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path file(String path) {
        URI uri = URI.create(path);
        return uri.getPath().startsWith("/") ? Path.of(uri.getPath()) : directory.resolve(uri.getPath());
    }

    private void checkFile(LoggedTable table, JsonNode add) throws IOException, SQLException {
        Path file = file(add.get("path").asText());
        assertThat(Files.size(file))
                .as("size of %s", file)
                .isEqualTo(add.get("size").asLong());
        String source = "read_parquet('" + file.toString().replace("'", "''") + "', hive_partitioning = false)";
        Map<String, String> types = new HashMap<>();
        try (Statement statement = duckdb.createStatement();
                ResultSet columns = statement.executeQuery("describe select * from " + source)) {
            while (columns.next()) {
                types.put(columns.getString(1), columns.getString(2));
            }
        }
        table.metadata()
                .get("partitionColumns")
                .forEach(column -> assertThat(types)
                        .as("%s keeps no partition column", file)
                        .doesNotContainKey(column.asText()));
        JsonNode statistics = node(add.hasNonNull("stats") ? add.get("stats").asText() : "{}");
        if (statistics.has("numRecords")) {
            assertThat(count(source, "true"))
                    .as("rows of %s", file)
                    .isEqualTo(statistics.get("numRecords").asLong());
        }
        checkBounds(file, source, types, statistics);
        if (add.path("deletionVector").isObject()) {
            long dead = checkVector(
                    add.get("deletionVector"), statistics.get("numRecords").asLong());
            boolean remembersDeletes = add.path("tags").has("cdcdelta.deletes");
            assertThat(dead == statistics.get("numRecords").asLong())
                    .as("whether %s has no live row", file)
                    .isEqualTo(remembersDeletes);
        }
    }

    private void checkBounds(Path file, String source, Map<String, String> types, JsonNode statistics)
            throws SQLException {
        for (Map.Entry<String, JsonNode> bound : statistics.path("minValues").properties()) {
            if (!bound.getValue().isObject()) {
                String value = value(bound.getValue(), types.getOrDefault(bound.getKey(), ""));
                assertThat(count(source, "\"" + bound.getKey() + "\" < " + value))
                        .as("values of %s in %s below %s", bound.getKey(), file, value)
                        .isZero();
            }
        }
        for (Map.Entry<String, JsonNode> bound : statistics.path("maxValues").properties()) {
            if (!bound.getValue().isObject()) {
                String type = types.getOrDefault(bound.getKey(), "");
                String value = value(bound.getValue(), type);
                boolean time = type.startsWith("TIMESTAMP");
                String above = time ? " >= " + value + " + interval 1 millisecond" : " > " + value;
                assertThat(count(source, "\"" + bound.getKey() + "\"" + above))
                        .as("values of %s in %s above %s", bound.getKey(), file, value)
                        .isZero();
            }
        }
        for (Map.Entry<String, JsonNode> nulls : statistics.path("nullCount").properties()) {
            if (!nulls.getValue().isObject()) {
                assertThat(count(source, "\"" + nulls.getKey() + "\" is null"))
                        .as("nulls of %s in %s", nulls.getKey(), file)
                        .isEqualTo(nulls.getValue().asLong());
            }
        }
    }

    private static String value(JsonNode bound, String type) {
        assertThat(type).as("the column of a bound").isNotNull();
        return "cast('" + bound.asText().replace("'", "''") + "' as " + type + ")";
    }

    private long count(String source, String condition) throws SQLException {
        try (PreparedStatement statement =
                        duckdb.prepareStatement("select count(*) from " + source + " where " + condition);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** @return how many rows it marks */
    private long checkVector(JsonNode vector, long rows) throws IOException {
        if (vector.get("storageType").asText().equals("i")) {
            return vector.get("cardinality").asLong();
        }
        assertThat(vector.get("storageType").asText()).isEqualTo("u");
        String name = vector.get("pathOrInlineDv").asText();
        Path file = directory
                .resolve(name.substring(0, name.length() - 20))
                .resolve("deletion_vector_" + Base85Codec.decodeUUID(name.substring(name.length() - 20)) + ".bin");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        assertThat(bytes.get(0)).as("format version of %s", file).isEqualTo((byte) 1);
        int offset = vector.get("offset").asInt();
        int size = vector.get("sizeInBytes").asInt();
        assertThat(bytes.getInt(offset)).as("size in %s at %s", file, offset).isEqualTo(size);
        CRC32 checksum = new CRC32();
        checksum.update(bytes.slice(offset + 4, size));
        assertThat(bytes.getInt(offset + 4 + size))
                .as("CRC in %s at %s", file, offset)
                .isEqualTo((int) checksum.getValue());
        ByteBuffer bitmap = bytes.slice(offset + 4, size).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bitmap.getInt()).isEqualTo(1681511377);
        long buckets = bitmap.getLong();
        long cardinality = 0;
        for (long bucket = 0; bucket < buckets; bucket++) {
            assertThat(bitmap.getInt()).as("rows beyond 2^32").isZero();
            RoaringBitmap positions = new RoaringBitmap();
            positions.deserialize(bitmap);
            bitmap.position(bitmap.position() + positions.serializedSizeInBytes());
            cardinality += positions.getLongCardinality();
            assertThat(Integer.toUnsignedLong(positions.last())).isLessThan(rows);
        }
        assertThat(cardinality)
                .as("cardinality in %s", file)
                .isEqualTo(vector.get("cardinality").asLong());
        return cardinality;
    }
}
