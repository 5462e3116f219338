package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.rest.ConnectorOffsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Where a connector stands. */
@Command(name = "show", description = "Show the offsets that Connect keeps for a connector.")
final class OffsetsShow implements Callable<Integer> {
    @Parameters(
            paramLabel = "CONNECTOR",
            completionCandidates = NameCompletion.Connectors.class,
            description = "Name of the connector.")
    private String name = "";

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ConnectorOffsets.Entry entry : OffsetsView.require(where.connect(), name)) {
            rows.add(Arrays.asList(entry.partition(), entry.offset()));
        }
        output.write(new Report.Rows(List.of("partition", "offset"), rows));
        return ExitCode.OK.number();
    }
}
