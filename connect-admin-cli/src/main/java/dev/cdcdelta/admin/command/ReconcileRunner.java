package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.context.Context;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.reconcile.ReconcileTopics;
import dev.cdcdelta.admin.reconcile.Reconciler;
import dev.cdcdelta.admin.reconcile.RunState;
import dev.cdcdelta.admin.reconcile.RunWait;
import dev.cdcdelta.admin.rest.ConfigPatch;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.ConnectorStatus;
import dev.cdcdelta.admin.rest.Connectors;
import dev.cdcdelta.admin.topic.TopicScan;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Begins a run by the connector's configuration, and waits for its end. */
final class ReconcileRunner {
    private final ConnectHttp http;
    private final Context context;
    private final PrintWriter err;
    private final boolean isTerminal;

    ReconcileRunner(ConnectHttp http, Context context, PrintWriter err, boolean isTerminal) {
        this.http = http;
        this.context = context;
        this.err = err;
        this.isTerminal = isTerminal;
    }

    /**
     * Begins a run.
     *
     * @param settings of the connector that are changed with it
     */
    void begin(Reconciler reconciler, String run, Map<String, String> settings) {
        ConnectorStatus status = new Connectors(http)
                .status(reconciler.name())
                .orElseThrow(() -> new CommandException(
                        ExitCode.CHECK_FAILED,
                        "No worker has taken up connector " + reconciler.name() + ".",
                        "",
                        "Wait until its group has settled, then run the command again."));
        if (!status.connector().running() || status.failure().isPresent()) {
            throw new CommandException(
                    ExitCode.CHECK_FAILED,
                    "Connector " + reconciler.name() + " does not run, so it begins no run.",
                    status.failure()
                            .map(ConnectorStatus.Part::firstTraceLine)
                            .orElse("It is " + status.connector().state() + "."),
                    "Resume it, or mend the cause and restart it; then run the command again.");
        }
        Map<String, @Nullable String> changes = new HashMap<>(settings);
        changes.put("run.id", run);
        patch(reconciler, changes);
    }

    /** Puts settings back as they were. */
    void restore(Reconciler reconciler, Map<String, String> settings) {
        Map<String, @Nullable String> changes = new HashMap<>();
        settings.keySet().forEach(key -> changes.put(key, reconciler.config().get(key)));
        if (!changes.isEmpty()) {
            patch(reconciler, changes);
        }
    }

    private void patch(Reconciler reconciler, Map<String, @Nullable String> changes) {
        if (!new ConfigPatch(http).apply(reconciler.name(), changes)) {
            throw new CommandException(
                    ExitCode.NOT_FOUND,
                    "Connector " + reconciler.name() + " is gone, or the workers cannot change a part of a configuration.",
                    "PATCH of a configuration needs Kafka Connect 3.9 or later.",
                    "Look with 'health', then run the command again.");
        }
    }

    RunState await(Reconciler reconciler, String run, Duration timeout) {
        try (TopicScan scan = TopicScan.connect(DlqTarget.kafka(context))) {
            ReconcileTopics topics = new ReconcileTopics(scan, reconciler);
            Progress progress = new Progress();
            RunState end = new RunWait(
                            () -> RunState.read(topics, run),
                            () -> new Connectors(http).status(reconciler.name()),
                            progress::show)
                    .untilEnd(reconciler.name(), timeout);
            progress.end();
            return end;
        }
    }

    /** A bar on a terminal; elsewhere a line every tenth. */
    private final class Progress {
        private static final int WIDTH = 30;
        private long shown = -1;

        void show(RunState state) {
            long percent = Math.round(state.share() * 100);
            int done = state.lines().stream().mapToInt(RunState.Line::done).sum();
            int all = state.lines().stream().mapToInt(RunState.Line::ranges).sum();
            String text = String.format("%3d %%, %d of %d ranges known", percent, done, all);
            if (isTerminal) {
                int full = (int) (percent * WIDTH / 100);
                err.print("\r[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + text);
                err.flush();
            } else if (percent / 10 != shown) {
                shown = percent / 10;
                err.println("run " + state.run() + ": " + text.strip());
                err.flush();
            }
        }

        void end() {
            if (isTerminal) {
                err.println();
                err.flush();
            }
        }
    }
}
