package dev.cdcdelta.sink.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Rounds of random upserts and deletes against a map; the table is read back by Kernel and by DuckDB. */
class UpsertModelTest {
    private static final ColumnType.Struct COLUMNS = Tables.struct(
            Tables.column("_id", ScalarType.INT64),
            Tables.column("text", ScalarType.STRING),
            Tables.column("seen", ScalarType.DATE),
            Tables.column(
                    "nested",
                    Tables.struct(
                            Tables.column("n", ScalarType.DOUBLE),
                            Tables.column("list", new ColumnType.Array(new ColumnType.Leaf(ScalarType.INT32))))));

    private static final long SEED = 20_261_122;
    private static final int ROUNDS = 25;
    private static final int KEYS = 300;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Random random = new Random(SEED);
    private final Map<Long, String> model = new TreeMap<>();
    private final Map<Long, Place> places = new HashMap<>();

    private record Place(String path, long position) {}

    @Test
    void everyReaderSeesTheModelAfterEachRound() throws Exception {
        try (DeltaTables tables = new DeltaTables(Map.of());
                Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
            String location = "file://" + directory + "/model table";
            DeltaTable table = tables.create(location, COLUMNS, Map.of());
            for (int round = 0; round < ROUNDS; round++) {
                upsertAndDelete(table, round);
                if (round % 5 == 4) {
                    DeltaTable reopened = tables.open(location).orElseThrow();
                    assertThat(reopened.snapshot())
                            .as("seed %s, round %s", SEED, round)
                            .isEqualTo(table.snapshot());
                    assertThat(byKernel(reopened))
                            .as("seed %s, round %s", SEED, round)
                            .isEqualTo(model);
                    assertThat(byDuckDb(duckdb, reopened))
                            .as("seed %s, round %s", SEED, round)
                            .isEqualTo(model);
                }
            }
            assertThat(table.snapshot().files().values()).anyMatch(file -> file.deletedRowCount() > 0);
            TableProtocolCheck.check(location);
        }
    }

    private void upsertAndDelete(DeltaTable table, int round) throws LostRaceException {
        Map<String, Roaring64Bitmap> dead = new HashMap<>();
        DataFile file;
        List<Long> written = new ArrayList<>();
        try (DataFileWriter writer = table.writer(COLUMNS, Map.of())) {
            for (long key : random.longs(60, 0, KEYS).distinct().toArray()) {
                Place old = places.remove(key);
                if (old != null) {
                    dead.computeIfAbsent(old.path(), path -> new Roaring64Bitmap())
                            .addLong(old.position());
                }
                if (random.nextInt(4) == 0) {
                    model.remove(key);
                } else {
                    String text = "round " + round + " key " + key;
                    model.put(key, text);
                    writer.write(new Object[] {
                        key, text, 1_700_000_000_000_000L + key, new Object[] {key / 4.0, List.of(round, (int) key)}
                    });
                    written.add(key);
                }
            }
            file = writer.finish();
        }
        for (int position = 0; position < written.size(); position++) {
            places.put(written.get(position), new Place(file.path(), position));
        }
        table.commit(new TableCommit(COLUMNS, List.of(file), dead, Map.of("c|t|0", (long) round)));
    }

    private static Map<Long, String> byKernel(DeltaTable table) {
        Map<Long, String> rows = new TreeMap<>();
        for (DataFile file : table.snapshot().files().values()) {
            try (CloseableIterator<StoredRow> stored = table.read(file, List.of("text", "_id"))) {
                stored.forEachRemaining(row -> rows.put((Long) row.values()[1], (String) row.values()[0]));
            }
        }
        return rows;
    }

    /** The list of files, less the positions of the deletion vectors. */
    private static Map<Long, String> byDuckDb(Connection duckdb, DeltaTable table) throws SQLException {
        Map<Long, String> rows = new TreeMap<>();
        try (Statement statement = duckdb.createStatement()) {
            statement.execute("create or replace temp table dead(filename varchar, position bigint)");
            try (PreparedStatement insert = duckdb.prepareStatement("insert into dead values (?, ?)")) {
                for (DataFile file : table.snapshot().files().values()) {
                    for (long position : table.deletedPositions(file).toArray()) {
                        insert.setString(1, path(table, file));
                        insert.setLong(2, position);
                        insert.addBatch();
                    }
                }
                insert.executeBatch();
            }
            String files = table.snapshot().files().values().stream()
                    .map(file -> "'" + path(table, file) + "'")
                    .collect(Collectors.joining(", ", "[", "]"));
            try (ResultSet result = statement.executeQuery("select _id, text, epoch_us(seen), nested.n, nested.list"
                    + " from read_parquet(" + files + ", file_row_number = true, filename = true) p"
                    + " anti join dead d on d.filename = p.filename and d.position = p.file_row_number")) {
                while (result.next()) {
                    long key = result.getLong(1);
                    assertThat(rows.put(key, result.getString(2)))
                            .as("a second row of key %s", key)
                            .isNull();
                    assertThat(result.getLong(3)).isEqualTo(1_700_000_000_000_000L + key);
                    assertThat(result.getDouble(4)).isEqualTo(key / 4.0);
                    assertThat(((Object[]) result.getArray(5).getArray())[1]).isEqualTo((int) key);
                }
            }
        }
        return rows;
    }

    private static String path(DeltaTable table, DataFile file) {
        return URI.create(table.location().replace(" ", "%20")).getPath() + "/" + file.path();
    }
}
