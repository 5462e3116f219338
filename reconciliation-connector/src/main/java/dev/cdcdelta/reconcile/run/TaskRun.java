package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.barrier.Barrier;
import dev.cdcdelta.reconcile.barrier.ConnectApi;
import dev.cdcdelta.reconcile.barrier.SinkLag;
import dev.cdcdelta.reconcile.barrier.TopicEnds;
import dev.cdcdelta.reconcile.config.ReconcileSettings;
import dev.cdcdelta.reconcile.range.RangePlan;
import dev.cdcdelta.reconcile.record.Places;
import dev.cdcdelta.reconcile.record.RangeResult;
import dev.cdcdelta.reconcile.record.Records;
import dev.cdcdelta.reconcile.source.PacedCollection;
import dev.cdcdelta.reconcile.source.Pause;
import dev.cdcdelta.reconcile.source.SourceDatabase;
import dev.cdcdelta.reconcile.table.DeepReading;
import dev.cdcdelta.reconcile.table.TableSide;
import dev.cdcdelta.reconcile.table.VerifiedTable;
import dev.cdcdelta.sink.merge.TransactionIds;
import dev.cdcdelta.sink.routing.TableName;
import dev.cdcdelta.sink.routing.TableRouter;
import dev.cdcdelta.sink.routing.TopicPattern;
import dev.cdcdelta.sink.table.DeltaTables;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.bson.BsonTimestamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task's part of a run: every n-th range that is not done yet. The first task also writes the report of each collection, once all
 * ranges are done, whoever did them. Runs on a thread of its own.
 */
public final class TaskRun {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRun.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final ReconcileSettings settings;
    private final Share share;
    private final OffsetStorageReader offsets;
    private final Output output;
    private final RunCounters counters;
    private final Clock clock;
    private final Pause pause;

    /**
     * Which part of a run.
     *
     * @param index of the task among {@code count}
     */
    public record Share(String run, int index, int count) {
        /** Which ranges fall to the task. @param results by range, of those that are done */
        BitSet of(List<Optional<RangeResult>> results) {
            BitSet todo = new BitSet();
            for (int range = index; range < results.size(); range += count) {
                if (results.get(range).isEmpty()) {
                    todo.set(range);
                }
            }
            return todo;
        }
    }

    public TaskRun(
            ReconcileSettings settings,
            Share share,
            OffsetStorageReader offsets,
            Output output,
            RunCounters counters,
            Clock clock,
            Pause pause) {
        this.settings = settings;
        this.share = share;
        this.offsets = offsets;
        this.output = output;
        this.counters = counters;
        this.clock = clock;
        this.pause = pause;
    }

    /** Does the part. */
    public void run() {
        ReconcileSettings.Pipeline pipeline = settings.pipeline();
        RunPlan plan = new PlanStore(pipeline.kafka(), settings.topics().plan(), settings.name())
                .newest()
                .filter(newest -> newest.run().equals(share.run()))
                .orElseThrow(() -> new ConnectException("The plan of run " + share.run() + " is not in the topic "
                        + settings.topics().plan()
                        + ". Has it been emptied, or does another connector of this name use it? Begin a new run"));
        ConnectApi connect = new ConnectApi(pipeline.connectUrl());
        PipelineRules rules =
                PipelineRules.of(connect.config(pipeline.sourceConnector()), connect.config(pipeline.sinkConnector()));
        try (SourceDatabase source = new SourceDatabase(settings.source());
                DeltaTables tables = new DeltaTables(settings.table().hadoop().values());
                TopicEnds ends = new TopicEnds(pipeline.kafka());
                SinkLag lag = new SinkLag(pipeline.kafka(), ends, rules.group())) {
            for (Map.Entry<String, RunPlan.Part> each : plan.collections().entrySet()) {
                BitSet todo = todo(each.getKey(), each.getValue().ranges());
                counters.toDo(todo.cardinality());
                if (!todo.isEmpty()) {
                    LOG.info("Run {}: {} ranges of {}", share.run(), todo.cardinality(), each.getKey());
                    work(each.getKey(), each.getValue(), rules, new Clients(source, tables, ends, lag))
                            .run(todo);
                }
            }
            if (share.index() == 0) {
                report(plan, rules, tables);
            }
        }
    }

    /** Whom it talks to. */
    private record Clients(SourceDatabase source, DeltaTables tables, TopicEnds ends, SinkLag lag) {}

    private CollectionWork work(String collection, RunPlan.Part part, PipelineRules rules, Clients clients) {
        ReconcileSettings.Pipeline pipeline = settings.pipeline();
        ReconcileSettings.Load load = settings.runs().load();
        ConnectApi connect = new ConnectApi(pipeline.connectUrl());
        String topic = topic(rules, collection);
        TableSide table = new TableSide(
                clients.tables(),
                location(topic),
                new DeepReading(settings.runs().deep(), share.run()));
        Supplier<BsonTimestamp> operationTime = clients.source()::operationTime;
        Barrier barrier = new Barrier(
                new Barrier.Parts(
                        operationTime,
                        () -> connect.clusterTime(pipeline.sourceConnector()),
                        () -> connect.failure(pipeline.sourceConnector())
                                .or(() -> connect.failure(pipeline.sinkConnector())),
                        clients.ends(),
                        topic,
                        table,
                        new TransactionIds(pipeline.sinkConnector()),
                        pipeline.barrierTimeout()),
                clock,
                pause,
                counters.barrier());
        return new CollectionWork(
                new CollectionWork.Parts(
                        settings,
                        new PacedCollection(clients.source().collection(collection), load, System::nanoTime, pause),
                        table,
                        barrier,
                        new SameCollection(collection, part.identity(), clients.source()::identities),
                        new LagGate(() -> clients.lag().of(topic), load.lag(), pipeline.barrierTimeout(), clock, pause),
                        rules,
                        records(collection, location(topic), part.ranges().size()),
                        new RepairEvents(topic, settings.source().database(), collection),
                        new RowPaths(table, rules),
                        operationTime,
                        new AtomicInteger(),
                        counters,
                        output),
                part.ranges(),
                clock);
    }

    private String topic(PipelineRules rules, String collection) {
        return rules.topicPrefix() + "." + settings.source().database() + "." + collection;
    }

    private String location(String topic) {
        return new TableRouter(
                        settings.table().warehouse(),
                        new TopicPattern(settings.table().topicPattern()),
                        new TableName(settings.table().tableName()))
                .location(topic);
    }

    private Records records(String collection, String location, int ranges) {
        return new Records(
                settings, new Records.Subject(share.run(), settings.source().database(), collection, location, ranges));
    }

    private BitSet todo(String collection, RangePlan plan) {
        return share.of(results(collection, plan.size()));
    }

    private List<Optional<RangeResult>> results(String collection, int ranges) {
        List<Map<String, String>> places = new ArrayList<>();
        for (int range = 0; range < ranges; range++) {
            places.add(Places.ofRange(collection, range));
        }
        Map<Map<String, String>, Map<String, Object>> found = offsets.offsets(places);
        return places.stream()
                .map(place -> Places.resultOf(share.run(), found.get(place)))
                .toList();
    }

    private void report(RunPlan plan, PipelineRules rules, DeltaTables tables) {
        for (Map.Entry<String, RunPlan.Part> each : plan.collections().entrySet()) {
            String collection = each.getKey();
            if (Places.resultOf(share.run(), offsets.offset(Places.ofReport(collection)))
                    .isPresent()) {
                continue;
            }
            int ranges = each.getValue().ranges().size();
            List<Optional<RangeResult>> results = results(collection, ranges);
            while (results.stream().anyMatch(Optional::isEmpty)) {
                pause.forTime(LOOK_AGAIN);
                results = results(collection, ranges);
            }
            RangeResult all = results.stream()
                    .flatMap(Optional::stream)
                    .reduce(RangeResult::plus)
                    .orElseThrow();
            LOG.info("Run {}: {} is {}", share.run(), collection, all.verdict());
            String location = location(topic(rules, collection));
            if (settings.table().verifiedThrough()) {
                new VerifiedTable(tables, location).write(share.run(), all);
            }
            counters.ended(all);
            output.write(records(collection, location, ranges).report(all));
        }
    }
}
