package dev.cdcdelta.admin.query;

import dev.cdcdelta.admin.table.LocalPath;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.net.URI;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.roaringbitmap.longlong.LongIterator;

/** Makes a table's snapshot a view in DuckDB, under the name that a statement uses. */
final class TableRegistration {
    /** DuckDB would take these in a file name for a pattern. */
    private static final Pattern GLOB = Pattern.compile("[*?\\[\\]{}]");

    private final DuckDBConnection duckDb;
    private final FileCache cache;
    private int registered;

    TableRegistration(DuckDBConnection duckDb, FileCache cache) {
        this.duckDb = duckDb;
        this.cache = cache;
    }

    /** @param reference {@code [table]} or {@code [schema, table]} */
    void register(List<String> reference, DeltaTable table) throws SQLException {
        TableSnapshot snapshot = table.snapshot();
        Map<DataFile, String> paths = new LinkedHashMap<>();
        snapshot.files().values().stream()
                // Among them those that remember deletes, of which no row was ever alive.
                .filter(file -> file.deletedRowCount() < file.rowCount())
                .forEach(file -> paths.put(file, path(table, file)));
        List<String> files = List.copyOf(paths.values());
        String select = SnapshotView.select(snapshot.columns(), files, storedColumns(files), deletions(table, paths));
        if (reference.size() > 1) {
            execute("CREATE SCHEMA IF NOT EXISTS " + qualified(reference.subList(0, reference.size() - 1)));
        }
        execute("CREATE OR REPLACE VIEW " + qualified(reference) + " AS " + select);
        registered++;
    }

    private String path(DeltaTable table, DataFile file) {
        // The log holds URIs, so %20 stands for a space; a location is plain text.
        URI relative = URI.create(file.path());
        Optional<Path> directory = LocalPath.of(table.location());
        if (directory.isPresent() && !relative.isAbsolute()) {
            String path = directory.get().resolve(relative.getPath()).toString();
            if (!GLOB.matcher(path).find()) {
                return path;
            }
        }
        return cache.local(table, file).toString();
    }

    private Set<String> storedColumns(List<String> files) throws SQLException {
        Set<String> names = new LinkedHashSet<>();
        if (files.isEmpty()) {
            return names;
        }
        try (Statement statement = duckDb.createStatement();
                ResultSet columns = statement.executeQuery("DESCRIBE " + SnapshotView.storedRows(files))) {
            while (columns.next()) {
                names.add(columns.getString(1));
            }
        }
        return names;
    }

    /** Name of a table with the dead rows' places, or empty if there are none. */
    private String deletions(DeltaTable table, Map<DataFile, String> paths) throws SQLException {
        List<DataFile> marked = new ArrayList<>(paths.keySet());
        marked.removeIf(file -> file.deletedRowCount() == 0);
        if (marked.isEmpty()) {
            return "";
        }
        String name = "__cdcdelta_deletions_" + registered;
        execute("CREATE TABLE main." + name + " (file VARCHAR, pos BIGINT)");
        try (DuckDBAppender appender = duckDb.createAppender("main", name)) {
            for (DataFile file : marked) {
                LongIterator positions = table.deletedPositions(file).getLongIterator();
                while (positions.hasNext()) {
                    appender.beginRow();
                    appender.append(paths.get(file));
                    appender.append(positions.next());
                    appender.endRow();
                }
            }
        }
        return "main." + name;
    }

    private static String qualified(List<String> reference) {
        return String.join(".", reference.stream().map(SqlText::identifier).toList());
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(sql);
        }
    }
}
