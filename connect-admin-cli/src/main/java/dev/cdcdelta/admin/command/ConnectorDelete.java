package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes connectors. */
@Command(
        name = "delete",
        description =
                "Delete connectors. Topics, tables and offsets stay; the last one ends with 5 if one was not there.")
final class ConnectorDelete implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "CONNECTOR",
            completionCandidates = NameCompletion.Connectors.class,
            description = "Names of the connectors.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--dry-run", description = "Show what is there and delete nothing.")
    private boolean dryRun;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        var connectors = new Connectors(where.connect());
        List<String> known = connectors.names();
        List<List<Object>> rows = new ArrayList<>();
        for (String name : names) {
            boolean there = dryRun ? known.contains(name) : connectors.delete(name);
            rows.add(List.of(name, result(there)));
        }
        output.write(new Report.Rows(List.of("connector", "result"), rows));
        return (known.containsAll(names) ? ExitCode.OK : ExitCode.NOT_FOUND).number();
    }

    private String result(boolean there) {
        if (!there) {
            return "was not there";
        }
        return dryRun ? "would be deleted" : "deleted";
    }
}
