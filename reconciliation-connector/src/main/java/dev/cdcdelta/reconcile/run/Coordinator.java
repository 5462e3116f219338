package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.config.ReconcileSettings;
import dev.cdcdelta.reconcile.record.Places;
import dev.cdcdelta.reconcile.source.Pause;
import dev.cdcdelta.reconcile.source.SourceDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.connect.source.SourceConnectorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins runs: the one that the settings ask for by name, and those of the schedule. A run that has not ended is gone on with; it is
 * known by the newest plan and by the offsets of its reports. Runs on a thread of its own.
 */
public final class Coordinator implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final ReconcileSettings settings;
    private final SourceConnectorContext context;
    private final PlanStore store;
    private final Clock clock;
    private final Pause pause;
    private volatile Optional<RunPlan> current = Optional.empty();
    private long nextSignal;

    public Coordinator(
            ReconcileSettings settings, SourceConnectorContext context, PlanStore store, Clock clock, Pause pause) {
        this.settings = settings;
        this.context = context;
        this.store = store;
        this.clock = clock;
        this.pause = pause;
    }

    /** The plan whose tasks are to run. */
    public Optional<RunPlan> current() {
        return current;
    }

    @Override
    public void run() {
        ReconcileSettings.Topics topics = settings.topics();
        store.createTopics(List.of(topics.findings(), topics.reports(), topics.progress(), topics.signals()));
        Optional<RunPlan> newest = store.newest();
        if (newest.isPresent() && !hasEnded(newest.get())) {
            LOG.info("Run {} goes on where it was", newest.get().run());
            begin(newest.get());
        }
        nextSignal = newest.map(plan -> plan.origin().nextSignal()).orElse(0L);
        String asked = settings.runs().id();
        if (!asked.isEmpty() && newest.filter(plan -> isOf(asked, plan)).isEmpty()) {
            begin(planned(asked));
        }
        try (Signals signals = Signals.of(settings.pipeline().kafka(), topics.signals(), settings.name(), nextSignal)) {
            beginWhenAsked(signals);
        }
    }

    private void beginWhenAsked(Signals signals) {
        Instant since = clock.instant();
        while (true) {
            if (current.filter(plan -> !hasEnded(plan)).isEmpty()) {
                Optional<Signals.Asked> signal = signals.take();
                Optional<Instant> due = settings.runs().schedule().after(since);
                if (signal.isPresent()) {
                    nextSignal = signal.get().next();
                    begin(planned(signal.get().run()));
                } else if (due.isPresent() && !due.get().isAfter(clock.instant())) {
                    begin(planned(settings.runs().id() + "@" + due.get()));
                    since = clock.instant();
                }
            }
            pause.forTime(LOOK_AGAIN);
        }
    }

    /** Others than the one asked for by name carry that name too, so that a restart does not take it for a new one. */
    private static boolean isOf(String asked, RunPlan plan) {
        return plan.run().equals(asked) || plan.origin().asked().equals(asked);
    }

    private RunPlan planned(String run) {
        SortedMap<String, RunPlan.Part> collections = new TreeMap<>();
        try (SourceDatabase source = new SourceDatabase(settings.source())) {
            Map<String, String> identities = source.identities();
            for (String collection : source.collections()) {
                collections.put(
                        collection,
                        new RunPlan.Part(
                                identities.getOrDefault(collection, ""),
                                source.collection(collection)
                                        .plan(settings.runs().rangeDocuments())));
            }
        }
        RunPlan plan = new RunPlan(new RunPlan.Origin(run, settings.runs().id(), nextSignal), collections);
        LOG.info("Run {}: {} collections in {} ranges", run, collections.size(), plan.ranges());
        if (collections.isEmpty()) {
            LOG.warn(
                    "Run {} has nothing to do: no collection of {} matches {}",
                    run,
                    settings.source().database(),
                    settings.source().collections());
        }
        store.write(plan);
        return plan;
    }

    private void begin(RunPlan plan) {
        current = Optional.of(plan);
        context.requestTaskReconfiguration();
    }

    private boolean hasEnded(RunPlan plan) {
        List<Map<String, String>> reports =
                plan.collections().keySet().stream().map(Places::ofReport).toList();
        Map<Map<String, String>, Map<String, Object>> offsets =
                context.offsetStorageReader().offsets(reports);
        return reports.stream()
                .allMatch(report ->
                        Places.resultOf(plan.run(), offsets.get(report)).isPresent());
    }
}
