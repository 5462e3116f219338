package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.barrier.Barrier;
import dev.cdcdelta.reconcile.barrier.ConnectApi;
import dev.cdcdelta.reconcile.barrier.TopicEnds;
import dev.cdcdelta.reconcile.config.ReconcileSettings;
import dev.cdcdelta.reconcile.range.RangePlan;
import dev.cdcdelta.reconcile.record.Places;
import dev.cdcdelta.reconcile.record.RangeResult;
import dev.cdcdelta.reconcile.record.Records;
import dev.cdcdelta.reconcile.source.PacedCollection;
import dev.cdcdelta.reconcile.source.Pause;
import dev.cdcdelta.reconcile.source.SourceDatabase;
import dev.cdcdelta.reconcile.table.TableSide;
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
    public record Share(String run, int index, int count) {}

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
                TopicEnds ends = new TopicEnds(pipeline.kafka())) {
            for (Map.Entry<String, RangePlan> each : plan.collections().entrySet()) {
                BitSet todo = todo(each.getKey(), each.getValue());
                counters.toDo(todo.cardinality());
                if (!todo.isEmpty()) {
                    LOG.info("Run {}: {} ranges of {}", share.run(), todo.cardinality(), each.getKey());
                    work(each.getKey(), each.getValue(), rules, source, tables, ends)
                            .run(todo);
                }
            }
            if (share.index() == 0) {
                report(plan, rules);
            }
        }
    }

    private CollectionWork work(
            String collection,
            RangePlan plan,
            PipelineRules rules,
            SourceDatabase source,
            DeltaTables tables,
            TopicEnds ends) {
        ReconcileSettings.Pipeline pipeline = settings.pipeline();
        ConnectApi connect = new ConnectApi(pipeline.connectUrl());
        String topic = topic(rules, collection);
        TableSide table = new TableSide(tables, location(topic), settings.runs().deep());
        Supplier<BsonTimestamp> operationTime = source::operationTime;
        Barrier barrier = new Barrier(
                new Barrier.Parts(
                        operationTime,
                        () -> connect.clusterTime(pipeline.sourceConnector()),
                        ends,
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
                        new PacedCollection(
                                source.collection(collection), settings.runs().load(), System::nanoTime, pause),
                        table,
                        barrier,
                        rules,
                        records(collection, location(topic), plan.size()),
                        new RepairEvents(topic, settings.source().database(), collection),
                        new RowPaths(table, rules),
                        operationTime,
                        new AtomicInteger(),
                        counters,
                        output),
                plan,
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
        List<Optional<RangeResult>> results = results(collection, plan.size());
        BitSet todo = new BitSet();
        for (int range = share.index(); range < plan.size(); range += share.count()) {
            if (results.get(range).isEmpty()) {
                todo.set(range);
            }
        }
        return todo;
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

    private void report(RunPlan plan, PipelineRules rules) {
        for (Map.Entry<String, RangePlan> each : plan.collections().entrySet()) {
            String collection = each.getKey();
            if (Places.resultOf(share.run(), offsets.offset(Places.ofReport(collection)))
                    .isPresent()) {
                continue;
            }
            int ranges = each.getValue().size();
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
            output.write(records(collection, location(topic(rules, collection)), ranges)
                    .report(all));
        }
    }
}
