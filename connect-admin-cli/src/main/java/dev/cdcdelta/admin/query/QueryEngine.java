package dev.cdcdelta.admin.query;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.table.TablePast;
import dev.cdcdelta.admin.table.Warehouse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;

/** DuckDB in memory, in which each table that a statement names is a view of its current snapshot. */
public final class QueryEngine implements AutoCloseable {
    private final Warehouse warehouse;
    private final TableRegistration registration;
    private final DuckDBConnection duckDb;

    public QueryEngine(Warehouse warehouse, FileCache cache) {
        this.warehouse = warehouse;
        try {
            this.duckDb =
                    DriverManager.getConnection("jdbc:duckdb:", settings()).unwrap(DuckDBConnection.class);
        } catch (SQLException e) {
            throw QueryFailure.of(e);
        }
        this.registration = new TableRegistration(duckDb, cache);
    }

    /** Runs one SELECT over tables as they are or were, and hands its rows on; they are gone when the consumer returns. */
    public void run(String sql, TablePast past, Consumer<Report.Rows> consumer) {
        try {
            register(sql, past);
            try (Statement statement = duckDb.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                consumer.accept(QueryRows.of(result));
            }
        } catch (SQLException e) {
            throw QueryFailure.of(e);
        }
    }

    /**
     * Writes the rows into a file.
     *
     * @param format DuckDB's name of it: parquet, csv or json
     * @return how many rows
     */
    public long write(String sql, TablePast past, Path file, String format) {
        try {
            register(sql, past);
            try (Statement statement = duckDb.createStatement()) {
                String options = format.equals("csv") ? "FORMAT csv, HEADER" : "FORMAT " + format;
                return statement.executeLargeUpdate("COPY (" + sql.strip().replaceFirst(";$", "") + ") TO "
                        + SqlText.literal(file.toAbsolutePath().toString()) + " (" + options + ")");
            }
        } catch (SQLException e) {
            throw QueryFailure.of(e);
        }
    }

    private void register(String sql, TablePast past) throws SQLException {
        int tables = 0;
        for (List<String> reference : TableReferences.in(duckDb, sql)) {
            // What is no table of the warehouse may be a common table expression, or DuckDB says what it misses.
            Optional<Warehouse.Found> found = warehouse.find(reference);
            if (found.isPresent()) {
                tables++;
                if (tables > 1 && past.version() != null) {
                    throw CommandException.usage(
                            "--version is of one table, and the statement names several.",
                            "Use --as-of TIME for several tables.");
                }
                registration.register(reference, warehouse.at(found.get().table(), past));
            }
        }
    }

    private static Properties settings() {
        var settings = new Properties();
        // Extensions cannot be downloaded everywhere, and each attempt would wait for seconds.
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("jdbc_stream_results", "true");
        return settings;
    }

    @Override
    public void close() {
        try (warehouse) {
            duckDb.close();
        } catch (SQLException e) {
            throw QueryFailure.of(e);
        }
    }
}
