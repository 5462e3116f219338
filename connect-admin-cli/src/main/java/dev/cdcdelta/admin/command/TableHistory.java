package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.table.Warehouse;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commits of one table. */
@Command(name = "history", description = "Show the newest commits of a table.")
final class TableHistory implements Callable<Integer> {
    @Parameters(paramLabel = "TABLE", description = "testdb.users, or users alone if no other database has one.")
    private String name = "";

    @Option(names = "--limit", defaultValue = "20", paramLabel = "N", description = "Most commits shown (20).")
    private int limit;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        try (Warehouse warehouse = where.warehouse()) {
            List<List<Object>> rows = warehouse.require(name).table().history(limit).stream()
                    .map(commit -> List.<Object>of(
                            commit.version(),
                            commit.timestamp(),
                            commit.operation(),
                            new TreeMap<>(commit.information())))
                    .toList();
            output.write(new Report.Rows(List.of("version", "timestamp", "operation", "information"), rows));
        }
        return ExitCode.OK.number();
    }
}
