package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.reconcile.ReconcileTopics;
import dev.cdcdelta.admin.reconcile.RunState;
import dev.cdcdelta.admin.topic.TopicScan;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The run that the connector is at. */
@Command(
        name = "status",
        description = {
            "Show how far the newest run is, and its verdict once it has ended.",
            "Ends with 1 unless it has ended with a clean verdict."
        })
final class ReconcileStatus implements Callable<Integer> {
    @Mixin
    private ReconcileOptions which = new ReconcileOptions();

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        try (TopicScan scan = TopicScan.connect(DlqTarget.kafka(where.context()))) {
            ReconcileTopics topics = new ReconcileTopics(scan, which.resolve(where.connect()));
            Optional<ReconcileTopics.Plan> plan = topics.plan();
            if (plan.isEmpty()) {
                output.write(new Report.Facts(java.util.Map.of("state", "no run yet")));
                return ExitCode.CHECK_FAILED.number();
            }
            RunState state = RunState.read(topics, plan.get().run());
            output.write(ReconcileView.run(state));
            return ReconcileView.exitCode(state);
        }
    }
}
