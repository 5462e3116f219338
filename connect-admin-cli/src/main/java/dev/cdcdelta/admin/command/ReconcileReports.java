package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.reconcile.CollectionReport;
import dev.cdcdelta.admin.reconcile.ReconcileTopics;
import dev.cdcdelta.admin.topic.TopicScan;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One line a run and collection. */
@Command(name = "reports", description = "List the reports that the connector has written, the newest last.")
final class ReconcileReports implements Callable<Integer> {
    @Option(names = "--limit", defaultValue = "50", paramLabel = "N", description = "Most reports shown (50).")
    private int limit;

    @Mixin
    private ReconcileOptions which = new ReconcileOptions();

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        try (TopicScan scan = TopicScan.connect(DlqTarget.kafka(where.context()))) {
            List<CollectionReport> all =
                    new ReconcileTopics(scan, which.resolve(where.connect())).reports(report -> true);
            output.write(ReconcileView.reports(all.subList(Math.max(0, all.size() - Math.max(0, limit)), all.size())));
        }
        return ExitCode.OK.number();
    }
}
