package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.table.PartitionProgress;
import dev.cdcdelta.admin.table.TableDescription;
import dev.cdcdelta.admin.table.TableName;
import dev.cdcdelta.admin.table.Warehouse;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One line a table. */
@Command(name = "list", description = "List the tables of the warehouse with their versions and sizes.")
final class TableList implements Callable<Integer> {
    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (Warehouse warehouse = where.warehouse()) {
            for (TableName name : warehouse.names()) {
                warehouse.open(name).ifPresent(table -> rows.add(row(name, table.snapshot())));
            }
        }
        output.write(new Report.Rows(List.of("table", "version", "rows", "files", "bytes", "sourceTime"), rows));
        return ExitCode.OK.number();
    }

    private static List<@Nullable Object> row(TableName name, TableSnapshot snapshot) {
        Instant newest = PartitionProgress.of(snapshot.transactions()).stream()
                .map(PartitionProgress::sourceTime)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return Arrays.asList(
                name.toString(),
                snapshot.version(),
                TableDescription.liveRows(snapshot),
                snapshot.files().size(),
                TableDescription.bytes(snapshot),
                newest);
    }
}
