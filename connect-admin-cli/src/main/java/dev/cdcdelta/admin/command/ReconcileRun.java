package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.reconcile.Reconciler;
import dev.cdcdelta.admin.reconcile.RunState;
import dev.cdcdelta.admin.rest.ConnectHttp;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A run, now. */
@Command(
        name = "run",
        description = {
            "Begin a run of the reconciliation connector.",
            "",
            "With --wait it ends with 0 only if the verdict is clean: not if there was something to repair. --repair and --mode count for"
                    + " this run only and are taken back at its end, so they need --wait.",
            ""
        })
final class ReconcileRun implements Callable<Integer> {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Mixin
    private ReconcileOptions which = new ReconcileOptions();

    @Option(names = "--run", paramLabel = "ID", description = "Name of the run; one that it has not had (the time of day).")
    private @Nullable String run;

    @Option(names = "--repair", paramLabel = "MODE", description = "off, plan or apply; else as the connector says.")
    private @Nullable String repair;

    @Option(names = "--mode", paramLabel = "MODE", description = "fast or deep; else as the connector says.")
    private @Nullable String mode;

    @Mixin
    private WaitOptions waiting = new WaitOptions();

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
        Map<String, String> settings = settings();
        ConnectHttp http = where.connect();
        Reconciler reconciler = which.resolve(http);
        String id = run == null ? "cli-" + STAMP.format(Clock.systemUTC().instant()) : run;
        ReconcileRunner runner = new ReconcileRunner(
                http,
                where.context(),
                spec.commandLine().getErr(),
                spec.commandLine().getColorScheme().ansi().enabled());
        if (!waiting.isWanted()) {
            runner.begin(reconciler, id, settings);
            output.write(new Report.Facts(Map.of("run", id)));
            return ExitCode.OK.number();
        }
        // Asked for first: a wait that cannot be is no reason to begin.
        DlqTarget.kafka(where.context());
        runner.begin(reconciler, id, settings);
        RunState end;
        try {
            end = runner.await(reconciler, id, waiting.timeout());
        } finally {
            runner.restore(reconciler, settings);
        }
        output.write(ReconcileView.run(end));
        return ReconcileView.exitCode(end);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (repair != null) {
            settings.put("repair", repair);
        }
        if (mode != null) {
            settings.put("mode", mode);
        }
        if (!settings.isEmpty() && !waiting.isWanted()) {
            throw CommandException.usage(
                    "--repair and --mode need --wait.",
                    "They are taken back at the end of the run, for which somebody has to wait. To change them for good, change the"
                            + " connector.");
        }
        return settings;
    }
}
