package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.barrier.Barrier;
import dev.cdcdelta.reconcile.barrier.TopicEnds;
import dev.cdcdelta.reconcile.config.ReconcileSettings;
import dev.cdcdelta.reconcile.range.RangePlan;
import dev.cdcdelta.reconcile.record.Places;
import dev.cdcdelta.reconcile.record.RangeResult;
import dev.cdcdelta.reconcile.record.Records;
import dev.cdcdelta.reconcile.source.Documents;
import dev.cdcdelta.reconcile.source.Pause;
import dev.cdcdelta.reconcile.table.DeepReading;
import dev.cdcdelta.reconcile.table.TableSide;
import dev.cdcdelta.sink.SinkInMemory;
import dev.cdcdelta.sink.merge.TransactionIds;
import dev.cdcdelta.sink.table.DeltaTables;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** A collection, a source connector, the sink's task and a table in a directory, all on one thread; time passes where somebody waits. */
final class PipelineRig implements AutoCloseable {
    private static final TopicPartition PARTITION = SinkInMemory.PARTITION;

    final SinkInMemory sink;
    final MemoryCollection collection;
    final DeltaTables tables = new DeltaTables(Map.of());
    final Vandal vandal;
    final List<Struct> findings = new ArrayList<>();
    final List<Integer> rangesDone = new ArrayList<>();
    final List<SourceRecord> repairs = new ArrayList<>();

    /** What a restarted task would find. */
    final Map<Integer, RangeResult> results = new TreeMap<>();

    private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
    private final Map<String, String> settings = new HashMap<>();
    private final String location;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Optional<String> failure = Optional.empty();
    private Runnable beforeRepair = () -> {};
    private Runnable sameCollection = () -> {};
    private boolean pipelineRuns = true;
    private boolean keepsFindings = true;
    private int dieAfterRanges = Integer.MAX_VALUE;

    PipelineRig(Path warehouse) {
        sink = new SinkInMemory(warehouse);
        collection = new MemoryCollection(sink);
        location = "file://" + warehouse + "/shop/orders";
        vandal = new Vandal(tables, location);
        kafka.updatePartitions(
                PARTITION.topic(), List.of(new PartitionInfo(PARTITION.topic(), 0, Node.noNode(), null, null)));
        kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
        settings.putAll(Map.of(
                "name", "check",
                "mongodb.uri", "mongodb://nobody",
                "database", "shop",
                "warehouse", "file://" + warehouse,
                "source.connector", "source",
                "sink.connector", SinkInMemory.CONNECTOR,
                "kafka.bootstrap.servers", "nobody:1",
                "max.repair.share", "1",
                "recheck.max.rounds", "20"));
    }

    PipelineRig with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    PipelineRig discardingFindings() {
        keepsFindings = false;
        return this;
    }

    /** Happens as a repair leaves for the topic. */
    void beforeRepair(Runnable happening) {
        beforeRepair = happening;
    }

    void sameCollection(Runnable check) {
        sameCollection = check;
    }

    /** From now on, nothing moves any more. */
    void pipelineStops(String reason) {
        pipelineRuns = false;
        failure = Optional.of(reason).filter(text -> !text.isEmpty());
    }

    /** The worker is killed with the progress of so many ranges written. */
    void dieAfterRanges(int ranges) {
        dieAfterRanges = ranges;
    }

    /** Brings the table up to the collection. */
    void settle() {
        collection.deliver(Integer.MAX_VALUE);
        sink.sink();
    }

    /** Goes over what is not done yet; returns what all ranges come to, as the report has it. */
    RangeResult run(RangePlan plan) {
        return run(plan, collection);
    }

    RangeResult run(RangePlan plan, Documents documents) {
        BitSet todo = new BitSet();
        todo.set(0, plan.size());
        results.keySet().forEach(todo::clear);
        ReconcileSettings parsed = ReconcileSettings.parse(settings);
        Output[] output = new Output[1];
        Pause drained = time -> {
            now = now.plus(time);
            drain(output[0]);
        };
        output[0] = new Output(drained);
        TableSide table =
                new TableSide(tables, location, new DeepReading(parsed.runs().deep(), "run"));
        PipelineRules rules = PipelineRules.of(
                Map.of("name", "source", "topic.prefix", "mongo"), Map.of("name", SinkInMemory.CONNECTOR));
        InstantSource time = () -> now;
        Clock clock = time.withZone(ZoneOffset.UTC);
        Barrier barrier = new Barrier(
                new Barrier.Parts(
                        collection::operationTime,
                        () -> OptionalLong.of(collection.delivered().getValue()),
                        () -> failure,
                        new TopicEnds(kafka),
                        PARTITION.topic(),
                        table,
                        new TransactionIds(SinkInMemory.CONNECTOR),
                        Duration.ofMinutes(1)),
                clock,
                this::moveOn);
        moveOn(Duration.ZERO);
        CollectionWork work = new CollectionWork(
                new CollectionWork.Parts(
                        parsed,
                        documents,
                        table,
                        barrier,
                        sameCollection,
                        () -> drain(output[0]),
                        rules,
                        new Records(parsed, new Records.Subject("run", "shop", "orders", location, plan.size())),
                        new RepairEvents(PARTITION.topic(), "shop", "orders"),
                        new RowPaths(table, rules),
                        collection::operationTime,
                        new AtomicInteger(),
                        new RunCounters(),
                        output[0]),
                plan,
                clock);
        work.run(todo);
        drain(output[0]);
        return results.values().stream().reduce(RangeResult::plus).orElseThrow();
    }

    /** Some time passes: the source connector and the sink get on. */
    private void moveOn(Duration passed) {
        now = now.plus(passed);
        if (pipelineRuns) {
            settle();
        }
        kafka.updateEndOffsets(Map.of(PARTITION, sink.end()));
    }

    private void drain(Output output) {
        try {
            for (List<SourceRecord> some = output.poll(Duration.ZERO);
                    !some.isEmpty();
                    some = output.poll(Duration.ZERO)) {
                for (SourceRecord record : some) {
                    take(record);
                    output.acknowledged(record);
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void take(SourceRecord record) {
        if (record.topic().equals(PARTITION.topic())) {
            beforeRepair.run();
            repairs.add(record);
            Map<String, Object> key = new HashMap<>();
            key.put("id", ((Struct) record.key()).getString("id"));
            sink.append(key, record.value());
            kafka.updateEndOffsets(Map.of(PARTITION, sink.end()));
        } else if (record.topic().equals("reconciliation.findings")) {
            if (keepsFindings) {
                findings.add((Struct) record.value());
            }
        } else if (rangesDone.size() < dieAfterRanges) {
            int range = ((Struct) record.value()).getInt32("range");
            rangesDone.add(range);
            @SuppressWarnings("unchecked")
            Map<String, Object> offset = (Map<String, Object>) record.sourceOffset();
            results.put(range, Places.resultOf("run", offset).orElseThrow());
        } else {
            throw new Pause.StoppedException();
        }
    }

    /** By class, whose key is which. */
    Map<String, List<String>> found() {
        Map<String, List<String>> found = new TreeMap<>();
        for (Struct finding : findings) {
            List<String> keys = found.computeIfAbsent(finding.getString("class"), kind -> new ArrayList<>());
            if (!keys.contains(finding.getString("key"))) {
                keys.add(finding.getString("key"));
            }
        }
        found.values().forEach(keys -> keys.sort(null));
        return found;
    }

    @Override
    public void close() {
        tables.close();
    }
}
