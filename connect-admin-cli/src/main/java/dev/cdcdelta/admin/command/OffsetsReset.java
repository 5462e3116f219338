package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.offsets.OffsetChange;
import dev.cdcdelta.admin.offsets.OffsetPlan;
import dev.cdcdelta.admin.rest.ConnectHttp;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Back to the beginning. */
@Command(
        name = "reset",
        description = {
            "Forget a connector's offsets, so that it begins anew: a source with a snapshot.",
            "The connector is stopped for it, and resumed if it ran."
        })
final class OffsetsReset implements Callable<Integer> {
    @Parameters(
            paramLabel = "CONNECTOR",
            completionCandidates = NameCompletion.Connectors.class,
            description = "Name of the connector.")
    private String name = "";

    @Option(names = "--force", description = "Also of a Delta sink, which goes by the offsets in its tables.")
    private boolean force;

    @Option(names = "--dry-run", description = "Show what would be forgotten, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--timeout",
            defaultValue = "60",
            paramLabel = "SECONDS",
            description = "How long to wait until the connector has stopped (60).")
    private long timeoutSeconds;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        ConnectHttp http = where.connect();
        OffsetPlan plan = OffsetPlan.reset(OffsetsView.require(http, name));
        OffsetsView.requireEffect(http, name, force);
        if (dryRun || plan.isEmpty()) {
            output.write(OffsetsView.steps(plan, "would be forgotten"));
            return ExitCode.OK.number();
        }
        String state = new OffsetChange(http, Duration.ofSeconds(timeoutSeconds)).apply(name, plan, true);
        output.write(OffsetsView.steps(plan, "forgotten, connector " + state));
        return ExitCode.OK.number();
    }
}
