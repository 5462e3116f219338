package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.reconcile.ReconcileTopics;
import dev.cdcdelta.admin.reconcile.ReportPage;
import dev.cdcdelta.admin.reconcile.RunState;
import dev.cdcdelta.admin.topic.TopicScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One run, for a terminal or as a page. */
@Command(
        name = "show",
        description = {"Show one run; with --html write it as a page.", "Ends with 1 unless its verdict is clean."})
final class ReconcileReportShow implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The run, as 'reconcile reports' lists it.")
    private String run = "";

    @Option(names = "--html", paramLabel = "FILE", description = "One self-contained page; a file that exists is written over.")
    private @Nullable Path page;

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
            RunState state = RunState.read(topics, run);
            if (!state.isPlanned() && state.ranges().isEmpty()) {
                throw new CommandException(
                        ExitCode.NOT_FOUND,
                        "Nothing is known of a run '" + run + "'.",
                        "It has not begun, or its records have expired.",
                        "'reconcile reports' lists the runs.");
            }
            if (page != null) {
                write(page, new ReportPage(state, topics.findings(finding -> finding.run().equals(run))).html());
            }
            output.write(ReconcileView.run(state));
            return ReconcileView.exitCode(state);
        }
    }

    private static void write(Path file, String html) {
        try {
            Files.writeString(file, html);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "The page " + file + " cannot be written.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Name a file in a directory that exists and that you may write to.",
                    e);
        }
    }
}
