package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.reconcile.Difference;
import dev.cdcdelta.admin.reconcile.ReconcileTopics;
import dev.cdcdelta.admin.reconcile.Reconciler;
import dev.cdcdelta.admin.reconcile.RunState;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.topic.TopicScan;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The collections of findings, once more. */
@Command(
        name = "rerun",
        description = {
            "Look again at the collections in which a run found something, and wait for the verdict.",
            "",
            "A run that looks at them alone, all of their ranges; at its end the connector's settings are as they were. Ends with 0 only if"
                    + " the verdict is clean, or if that run found nothing.",
            ""
        })
final class ReconcileRerun implements Callable<Integer> {
    @Parameters(paramLabel = "FINDINGS", description = "The run whose findings are meant.")
    private String run = "";

    @Option(names = "--repair", paramLabel = "MODE", description = "off, plan or apply; else as the connector says.")
    private @Nullable String repair;

    @Option(
            names = "--timeout",
            defaultValue = "3600",
            paramLabel = "SECONDS",
            description = "How long to wait (3600); then the command ends with 6.")
    private long timeoutSeconds;

    @Mixin
    private ReconcileOptions which = new ReconcileOptions();

    // picocli sets it before anything is called.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        ConnectHttp http = where.connect();
        Reconciler reconciler = which.resolve(http);
        List<Difference> findings = findings(reconciler);
        if (findings.isEmpty()) {
            output.write(ReconcileView.findings(findings));
            return ExitCode.OK.number();
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "collections",
                findings.stream()
                        .map(Difference::collection)
                        .distinct()
                        .sorted()
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|")));
        if (repair != null) {
            settings.put("repair", repair);
        }
        ReconcileRunner runner = new ReconcileRunner(
                http,
                where.context(),
                spec.commandLine().getErr(),
                spec.commandLine().getColorScheme().ansi().enabled());
        String id = run + "-again-" + Clock.systemUTC().instant().getEpochSecond();
        runner.begin(reconciler, id, settings);
        RunState end;
        try {
            end = runner.await(reconciler, id, Duration.ofSeconds(timeoutSeconds));
        } finally {
            runner.restore(reconciler, settings);
        }
        output.write(ReconcileView.run(end));
        return ReconcileView.exitCode(end);
    }

    private List<Difference> findings(Reconciler reconciler) {
        try (TopicScan scan = TopicScan.connect(DlqTarget.kafka(where.context()))) {
            ReconcileTopics topics = new ReconcileTopics(scan, reconciler);
            if (topics.reports(report -> report.run().equals(run)).isEmpty()) {
                throw new CommandException(
                        ExitCode.NOT_FOUND,
                        "There is no report of a run '" + run + "'.",
                        "It has not ended, or its report has expired.",
                        "'reconcile reports' lists the runs.");
            }
            return topics.findings(finding -> finding.run().equals(run));
        }
    }
}
