package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.table.Warehouse;
import dev.cdcdelta.sink.compact.Vacuum;
import dev.cdcdelta.sink.compact.VacuumPolicy;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.StoredFile;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Files that no reader needs. */
@Command(
        name = "vacuum",
        description = {
            "Delete files that no version of the table within the retention refers to.",
            "",
            "At least the table's own retention is kept (delta.deletedFileRetentionDuration, 7 days), so files that a running sink is"
                    + " writing stay. Versions older than the retention cannot be read any more.",
            ""
        })
final class TableVacuum implements Callable<Integer> {
    @Parameters(paramLabel = "TABLE", description = "testdb.users, or users alone if no other database has one.")
    private String name = "";

    @Option(
            names = "--retain-hours",
            defaultValue = "168",
            paramLabel = "HOURS",
            description = "Hours for which a file outlives the version that dropped it (168).")
    private long retainHours;

    @Option(names = "--dry-run", description = "Name the files, and delete none.")
    private boolean dryRun;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        if (retainHours < 0) {
            throw CommandException.usage("--retain-hours " + retainHours + " is below 0.", "Give 0 or more.");
        }
        try (Warehouse warehouse = where.warehouse();
                DeltaTables tables = new DeltaTables(where.context().storage().options());
                Vacuum vacuum = new Vacuum(
                        new VacuumPolicy(true, Duration.ofHours(retainHours)),
                        "",
                        tables,
                        Runnable::run,
                        Clock.systemUTC())) {
            String location = warehouse.require(name).table().location();
            List<List<Object>> rows = new ArrayList<>();
            for (StoredFile file : vacuum.run(location, dryRun)) {
                rows.add(List.of(file.path(), file.size(), file.modified(), dryRun ? "would be deleted" : "deleted"));
            }
            output.write(new Report.Rows(List.of("file", "bytes", "modified", "result"), rows));
        }
        return ExitCode.OK.number();
    }
}
