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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
        checkBounds(file, source, statistics);
        if (add.path("deletionVector").isObject()) {
            long dead = checkVector(
                    add.get("deletionVector"), statistics.get("numRecords").asLong());
            assertThat(dead == statistics.get("numRecords").asLong())
                    .as("whether %s has no live row", file)
                    .isEqualTo(remembersDeletes(add));
        }
    }

    private void checkBounds(Path file, String source, JsonNode statistics) throws SQLException {
        for (Map.Entry<String, JsonNode> bound :
                leaves(statistics.path("minValues")).entrySet()) {
            String value = value(bound.getValue(), type(source, bound.getKey()));
            assertThat(count(source, bound.getKey() + " < " + value))
                    .as("values of %s in %s below %s", bound.getKey(), file, value)
                    .isZero();
        }
        for (Map.Entry<String, JsonNode> bound :
                leaves(statistics.path("maxValues")).entrySet()) {
            String type = type(source, bound.getKey());
            String value = value(bound.getValue(), type);
            String above = type.startsWith("TIMESTAMP") ? " >= " + value + " + interval 1 millisecond" : " > " + value;
            assertThat(count(source, bound.getKey() + above))
                    .as("values of %s in %s above %s", bound.getKey(), file, value)
                    .isZero();
        }
        for (Map.Entry<String, JsonNode> nulls :
                leaves(statistics.path("nullCount")).entrySet()) {
            assertThat(count(source, nulls.getKey() + " is null"))
                    .as("nulls of %s in %s", nulls.getKey(), file)
                    .isEqualTo(nulls.getValue().asLong());
        }
    }

    /** What is said of each column, those within structs too, by DuckDB's expressions for them. */
    private static Map<String, JsonNode> leaves(JsonNode statistics) {
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : statistics.properties()) {
            addLeaves("\"" + field.getKey().replace("\"", "\"\"") + "\"", field.getValue(), leaves);
        }
        return leaves;
    }

    private static void addLeaves(String expression, JsonNode value, Map<String, JsonNode> leaves) {
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                addLeaves(
                        "struct_extract(" + expression + ", '" + field.getKey().replace("'", "''") + "')",
                        field.getValue(),
                        leaves);
            }
        } else {
            leaves.put(expression, value);
        }
    }

    private String type(String source, String expression) throws SQLException {
        try (Statement statement = duckdb.createStatement();
                ResultSet columns = statement.executeQuery("describe select " + expression + " from " + source)) {
            columns.next();
            return columns.getString(2);
        }
    }

    private static String value(JsonNode bound, String type) {
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

    /** Whether the file has no live row, and not all of the columns. */
    private static boolean remembersDeletes(JsonNode add) {
        return add.path("tags").has("cdcdelta.deletes");
    }

    /** @return how many rows it marks */
    private long checkVector(JsonNode vector, long rows) throws IOException {
        RoaringBitmap positions = positions(vector);
        assertThat(positions.getLongCardinality())
                .as("cardinality of %s", vector)
                .isEqualTo(vector.get("cardinality").asLong());
        assertThat(Integer.toUnsignedLong(positions.last())).isLessThan(rows);
        return positions.getLongCardinality();
    }

    private RoaringBitmap positions(JsonNode vector) throws IOException {
        int size = vector.get("sizeInBytes").asInt();
        String name = vector.get("pathOrInlineDv").asText();
        if (vector.get("storageType").asText().equals("i")) {
            return positions(ByteBuffer.wrap(Base85Codec.decodeBytes(name, size)));
        }
        Path file = vector.get("storageType").asText().equals("p") ? file(name) : vectorFile(name);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        assertThat(bytes.get(0)).as("format version of %s", file).isEqualTo((byte) 1);
        int offset = vector.get("offset").asInt();
        assertThat(bytes.getInt(offset)).as("size in %s at %s", file, offset).isEqualTo(size);
        CRC32 checksum = new CRC32();
        checksum.update(bytes.slice(offset + 4, size));
        assertThat(bytes.getInt(offset + 4 + size))
                .as("CRC in %s at %s", file, offset)
                .isEqualTo((int) checksum.getValue());
        return positions(bytes.slice(offset + 4, size));
    }

    private Path vectorFile(String name) {
        int prefix = name.length() - Base85Codec.ENCODED_UUID_LENGTH;
        return directory
                .resolve(name.substring(0, prefix))
                .resolve("deletion_vector_" + Base85Codec.decodeUUID(name.substring(prefix)) + ".bin");
    }

    private static RoaringBitmap positions(ByteBuffer bitmap) throws IOException {
        bitmap.order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bitmap.getInt()).isEqualTo(1681511377);
        RoaringBitmap positions = new RoaringBitmap();
        for (long bucket = bitmap.getLong(); bucket > 0; bucket--) {
            assertThat(bitmap.getInt()).as("rows beyond 2^32").isZero();
            positions.deserialize(bitmap);
        }
        return positions;
    }

    /**
     * The live rows of the newest version, sorted, each as the text of a DuckDB expression: the files of the log, less the positions of
     * their vectors. The log must reach back to version 0.
     */
    public static List<String> rowsByDuckDb(String location, String expression) throws IOException, SQLException {
        Path directory = Path.of(location.replaceFirst("^file:/+", "/"));
        List<String> rows = new ArrayList<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
            TableProtocolCheck check = new TableProtocolCheck(directory, duckdb);
            LoggedTable table = new LoggedTable(directory.resolve("_delta_log"));
            while (table.replayNext()) {
                continue;
            }
            for (JsonNode add : table.live.values()) {
                if (!remembersDeletes(add)) {
                    check.read(add, expression, rows);
                }
            }
        }
        rows.sort(null);
        return rows;
    }

    private void read(JsonNode add, String expression, List<String> rows) throws IOException, SQLException {
        RoaringBitmap dead =
                add.path("deletionVector").isObject() ? positions(add.get("deletionVector")) : new RoaringBitmap();
        String source = "read_parquet('"
                + file(add.get("path").asText()).toString().replace("'", "''") + "', file_row_number = true)";
        try (Statement statement = duckdb.createStatement();
                ResultSet found = statement.executeQuery("select file_row_number, " + expression + " from " + source)) {
            while (found.next()) {
                if (!dead.contains((int) found.getLong(1))) {
                    rows.add(found.getString(2));
                }
            }
        }
    }
}
