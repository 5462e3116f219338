package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.table.Warehouse;
import dev.cdcdelta.admin.upkeep.Optimization;
import dev.cdcdelta.sink.compact.CompactionGroup;
import dev.cdcdelta.sink.compact.InstallResult;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTables;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Small and much-deleted files into larger ones. */
@Command(
        name = "optimize",
        description = {
            "Rewrite small files, and files with many deleted rows, as the sink's own compaction does.",
            "",
            "Safe beside a sink that runs: each rewrite is one commit, which somebody else's changes of the same files prevent. The sink"
                    + " reads anew where its rows went; let it compact by itself (compaction.enabled) where you can.",
            ""
        })
final class TableOptimize implements Callable<Integer> {
    @Parameters(paramLabel = "TABLE", description = "testdb.users, or users alone if no other database has one.")
    private String name = "";

    @Option(
            names = "--target-bytes",
            defaultValue = "134217728",
            paramLabel = "BYTES",
            description = "Size of a rewritten file, about (134217728).")
    private long targetBytes;

    @Option(names = "--dry-run", description = "Show what would be rewritten first, and write nothing.")
    private boolean dryRun;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        try (Warehouse warehouse = where.warehouse();
                DeltaTables tables = new DeltaTables(where.context().storage().options())) {
            Warehouse.Found found = warehouse.require(name);
            Optimization optimization = new Optimization(tables, targetBytes);
            if (dryRun) {
                output.write(planned(optimization.plan(found.table())));
                return ExitCode.OK.number();
            }
            List<InstallResult> results = optimization.run(found.table());
            output.write(done(results));
            boolean whole = results.stream().allMatch(InstallResult::installed);
            return (whole ? ExitCode.OK : ExitCode.CHECK_FAILED).number();
        }
    }

    private static Report planned(List<CompactionGroup> groups) {
        List<List<Object>> rows = new ArrayList<>();
        for (CompactionGroup group : groups) {
            rows.add(List.of(
                    group.files().size(),
                    group.liveRows(),
                    group.files().stream().mapToLong(DataFile::size).sum(),
                    group.files().get(0).tags()));
        }
        return new Report.Rows(List.of("files", "rows", "bytes", "tags"), rows);
    }

    private static Report done(List<InstallResult> results) {
        List<List<Object>> rows = new ArrayList<>();
        for (InstallResult result : results) {
            rows.add(List.of(
                    result.installed() ? "rewritten" : "given up",
                    result.removedFiles(),
                    result.addedFiles(),
                    result.rows(),
                    result.reason()));
        }
        return new Report.Rows(List.of("result", "removedFiles", "addedFiles", "rows", "reason"), rows);
    }
}
