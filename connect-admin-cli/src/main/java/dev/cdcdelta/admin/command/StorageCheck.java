package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.context.Context;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.storage.StorageTrial;
import dev.cdcdelta.admin.storage.TableSizes;
import dev.cdcdelta.admin.table.Warehouse;
import dev.cdcdelta.sink.table.DeltaTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether the storage does what tables need. */
@Command(
        name = "check",
        description = {
            "Try the storage out: credentials, conditional put, small and large files, and how long each request takes.",
            "",
            "Writes two small files and one of 6 MB into the warehouse and takes them away again. Measured from this machine. Ends with 1"
                    + " if something fails.",
            ""
        })
final class StorageCheck implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "10", paramLabel = "N", description = "How often each small request is made (10).")
    private int rounds;

    @Option(names = "--tables", description = "Count objects and bytes by table too: lists the whole warehouse.")
    private boolean tables;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        if (rounds < 1) {
            throw CommandException.usage("--rounds " + rounds + " is below 1.", "Give 1 or more.");
        }
        Context context = where.context();
        String location = context.requiredWarehouse();
        if (!location.matches("(s3a|file):.*|/.*")) {
            throw CommandException.usage(
                    "This program reaches s3a: and file: warehouses only, not " + location + ".",
                    "For others validate the sink with storage.validate=true: docs/how-to/storage.md.");
        }
        Map<String, String> options = context.storage().options();
        List<StorageTrial.Step> steps;
        try (DeltaTables probe = new DeltaTables(options)) {
            steps = new StorageTrial(location, options, rounds).run(probe::probe);
        }
        Report.Sections report = Report.Sections.of("requests", rows(steps));
        output.write(tables ? report.and("tables", sizes(location, options)) : report);
        boolean ok = steps.stream().allMatch(StorageTrial.Step::isOk);
        return (ok ? ExitCode.OK : ExitCode.CHECK_FAILED).number();
    }

    private static Report rows(List<StorageTrial.Step> steps) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (StorageTrial.Step step : steps) {
            rows.add(Arrays.asList(
                    step.name(),
                    step.isOk() ? "ok" : "failed",
                    step.isOk() ? rounded(step.median()) : null,
                    step.isOk() ? rounded(step.slowest()) : null,
                    step.problem()));
        }
        return new Report.Rows(List.of("request", "result", "medianMs", "slowestMs", "problem"), rows);
    }

    private static double rounded(double milliseconds) {
        return Math.round(milliseconds * 10) / 10.0;
    }

    private Report sizes(String location, Map<String, String> options) {
        List<List<Object>> rows = new ArrayList<>();
        try (Warehouse warehouse = where.warehouse()) {
            List<String> paths = warehouse.names().stream()
                    .map(name -> String.join("/", name.segments()))
                    .toList();
            for (TableSizes.Size size : TableSizes.of(location, options, paths)) {
                rows.add(List.of(
                        size.path().isEmpty() ? "(no table)" : size.path().replace('/', '.'),
                        size.objects(),
                        size.bytes()));
            }
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.UNREACHABLE,
                    "The warehouse " + location + " cannot be listed.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "See what 'storage check' says without --tables.",
                    e);
        }
        return new Report.Rows(List.of("table", "objects", "bytes"), rows);
    }
}
