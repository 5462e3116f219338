package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.table.TableDescription;
import dev.cdcdelta.admin.table.Warehouse;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Everything the log says of one table. */
@Command(
        name = "describe",
        description =
                "Show a table's size, columns (nested ones too), properties, and the offsets and source times it holds.")
final class TableDescribe implements Callable<Integer> {
    @Parameters(paramLabel = "TABLE", description = "testdb.users, or users alone if no other database has one.")
    private String name = "";

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        try (Warehouse warehouse = where.warehouse()) {
            Warehouse.Found found = warehouse.require(name);
            output.write(TableDescription.of(
                    found.name(), found.table().location(), found.table().snapshot()));
        }
        return ExitCode.OK.number();
    }
}
