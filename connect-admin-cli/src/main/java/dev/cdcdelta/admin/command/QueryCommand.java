package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.failure.FailureReport;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.query.FileCache;
import dev.cdcdelta.admin.query.QueryEngine;
import dev.cdcdelta.admin.shell.Lines;
import dev.cdcdelta.admin.shell.QueryShell;
import dev.cdcdelta.admin.shell.SqlWords;
import dev.cdcdelta.admin.shell.StreamLines;
import dev.cdcdelta.admin.shell.TerminalLines;
import dev.cdcdelta.admin.table.TableName;
import dev.cdcdelta.admin.table.Warehouse;
import dev.cdcdelta.sink.schema.Column;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** SQL over the tables. */
@Command(
        name = "query",
        description = {
            "Run one SELECT in DuckDB over the current snapshots of the tables it names, or earlier ones.",
            "",
            "A table goes by its path below the warehouse: testdb.users, or users alone if no other database has one."
                    + " JSON and YAML are lossless: integers of up to 64 bits are numbers; larger ones and decimals strings"
                    + " with all their digits; NaN and infinities strings; timestamps ISO 8601 in UTC to the microsecond;"
                    + " binaries base64; a column name that occurs twice gets a suffix _1.",
            ""
        })
final class QueryCommand implements Callable<Integer> {
    private static final Pattern FORMAT = Pattern.compile(".*\\.(parquet|csv|json)", Pattern.CASE_INSENSITIVE);
    private static final long MEGABYTE = 1 << 20;

    @Parameters(
            paramLabel = "SQL",
            arity = "0..1",
            description = "The statement: SELECT, WITH, FROM, DESCRIBE or SUMMARIZE; without it a shell that reads statements.")
    private @Nullable String sql;

    @Option(
            names = "--max-rows",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Most rows of the table format (1000); 0 for all. Other formats always hold all.")
    private int maxRows;

    @Option(
            names = "--cache-dir",
            paramLabel = "DIR",
            description = "Where copies of remote data files are kept ($$XDG_CACHE_HOME/connect-admin-cli).")
    private @Nullable Path cacheDirectory;

    @Option(
            names = "--cache-megabytes",
            defaultValue = "10240",
            paramLabel = "N",
            description = "Size above which copies used longest ago are deleted (10240).")
    private long cacheMegabytes;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the rows into a file that ends in .parquet, .csv or .json (one object a line).")
    private @Nullable Path file;

    // picocli sets it before anything is called.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Mixin
    private PastOptions past = new PastOptions();

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        var cache = new FileCache(cacheDirectory(), cacheMegabytes * MEGABYTE, Clock.systemUTC());
        Warehouse warehouse = where.warehouse();
        try (QueryEngine engine = new QueryEngine(warehouse, cache)) {
            if (sql == null) {
                return shell(engine, warehouse);
            }
            if (file == null) {
                engine.run(sql, past.past(), rows -> output.write(rows, maxRows));
            } else {
                long rows = engine.write(sql, past.past(), file, format(file));
                output.write(new Report.Facts(Map.of("file", file.toString(), "rows", rows)));
            }
        }
        return ExitCode.OK.number();
    }

    /** From a terminal with a prompt and completion, from a pipe without. */
    private int shell(QueryEngine engine, Warehouse warehouse) {
        if (file != null) {
            throw CommandException.usage("--out needs a statement.", "Give the SELECT whose rows are to be written.");
        }
        var statements = new ShellStatements(engine, warehouse);
        SqlWords words = new SqlWords(statements::tables, statements::columns);
        try (Lines lines = System.console() == null ? new StreamLines(System.in) : new TerminalLines(words)) {
            int failures = new QueryShell(lines, statements, spec.commandLine().getOut()).run();
            return (failures == 0 ? ExitCode.OK : ExitCode.USAGE).number();
        }
    }

    /** The shell's statements, over this command's engine and options. */
    private final class ShellStatements implements QueryShell.Statements {
        private final QueryEngine engine;
        private final Warehouse warehouse;

        ShellStatements(QueryEngine engine, Warehouse warehouse) {
            this.engine = engine;
            this.warehouse = warehouse;
        }

        @Override
        public void run(String statement) {
            engine.run(statement, past.past(), rows -> output.write(rows, maxRows));
        }

        @Override
        public List<String> tables() {
            return warehouse.names().stream().map(TableName::toString).toList();
        }

        List<String> columns(String table) {
            return warehouse.require(table).table().snapshot().columns().columns().stream()
                    .map(Column::name)
                    .toList();
        }

        @Override
        public void failed(RuntimeException failure) {
            new FailureReport(false).tell(failure, spec.commandLine());
        }
    }

    private static String format(Path file) {
        Matcher matcher = FORMAT.matcher(String.valueOf(file.getFileName()));
        if (!matcher.matches()) {
            throw CommandException.usage(
                    "--out " + file + " does not tell a format.", "Give a name that ends in .parquet, .csv or .json.");
        }
        return matcher.group(1).toLowerCase(Locale.ROOT);
    }

    private Path cacheDirectory() {
        if (cacheDirectory != null) {
            return cacheDirectory;
        }
        String base = where.environment().get("XDG_CACHE_HOME");
        Path caches =
                base == null || base.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
        return caches.resolve("connect-admin-cli");
    }
}
