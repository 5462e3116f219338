package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.reconcile.Difference;
import dev.cdcdelta.admin.reconcile.ReconcileTopics;
import dev.cdcdelta.admin.reconcile.Reconciler;
import dev.cdcdelta.admin.topic.TopicScan;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One line a finding. */
@Command(
        name = "findings",
        description = {"List what a run found, each with the newest state of its repair.", "Ends with 1 if there is any."})
final class ReconcileFindings implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The run; the newest without.")
    private @Nullable String run;

    @Option(names = "--class", paramLabel = "CLASS", description = "missing, extra, different, duplicate or hot only.")
    private @Nullable String kind;

    @Option(names = "--collection", paramLabel = "NAME", description = "Those of this collection only.")
    private @Nullable String collection;

    @Mixin
    private ReconcileOptions which = new ReconcileOptions();

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Reconciler reconciler = which.resolve(where.connect());
        try (TopicScan scan = TopicScan.connect(DlqTarget.kafka(where.context()))) {
            ReconcileTopics topics = new ReconcileTopics(scan, reconciler);
            String wanted = run == null
                    ? topics.plan().map(ReconcileTopics.Plan::run).orElse("")
                    : run;
            List<Difference> findings = topics.findings(finding -> finding.run().equals(wanted)
                    && (kind == null || finding.kind().equals(kind))
                    && (collection == null || finding.collection().equals(collection)));
            output.write(ReconcileView.findings(findings));
            return (findings.isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED).number();
        }
    }
}
