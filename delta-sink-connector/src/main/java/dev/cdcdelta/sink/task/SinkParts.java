package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.batch.TableRows;
import dev.cdcdelta.sink.change.ChangeReader;
import dev.cdcdelta.sink.compact.CompactionInstaller;
import dev.cdcdelta.sink.compact.Compactor;
import dev.cdcdelta.sink.compact.InstallPace;
import dev.cdcdelta.sink.compact.Vacuum;
import dev.cdcdelta.sink.config.SchemaPolicy;
import dev.cdcdelta.sink.config.SinkSettings;
import dev.cdcdelta.sink.config.TableLayout;
import dev.cdcdelta.sink.index.KeyIndexes;
import dev.cdcdelta.sink.index.store.Disk;
import dev.cdcdelta.sink.merge.Committer;
import dev.cdcdelta.sink.merge.DeleteMode;
import dev.cdcdelta.sink.merge.RetryPolicy;
import dev.cdcdelta.sink.merge.TableAccess;
import dev.cdcdelta.sink.merge.TableDesign;
import dev.cdcdelta.sink.merge.TableSink;
import dev.cdcdelta.sink.merge.TransactionIds;
import dev.cdcdelta.sink.merge.WriteMode;
import dev.cdcdelta.sink.merge.WritePolicy;
import dev.cdcdelta.sink.routing.TableName;
import dev.cdcdelta.sink.routing.TableRouter;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.TableMaintenance;
import dev.cdcdelta.sink.trace.BatchTrace;
import dev.cdcdelta.sink.trace.Tracing;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * What a running task is made of beside its settings: the world around it, which tests replace in part.
 *
 * @param patience with flushes that run while partitions are given away; well below the time in which a consumer has to poll
 */
public record SinkParts(Clock clock, Committer committer, RetryPolicy retries, SinkThreads threads, Duration patience) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration REPORTS_TAKE = Duration.ofMinutes(1);
    private static final int MOST_OPEN_TABLES = 1_000;

    public static SinkParts real() {
        return new SinkParts(Clock.systemUTC(), DeltaTable::commit, RetryPolicy.DEFAULT, SinkThreads.real(), PATIENCE);
    }

    /**
     * Starts a task.
     *
     * @throws org.apache.kafka.common.config.ConfigException if the warehouse cannot be used as it is configured
     */
    public SinkRun start(SinkSettings settings, SinkTaskContext context) {
        TableMaintenance logs = threads.logs().get();
        DeltaTables storage = new DeltaTables(settings.hadoop().values(), logs, settings.files());
        WarehouseTrial trial =
                new WarehouseTrial(() -> storage.probe(settings.layout().warehouse()));
        try {
            trial.begin();
        } catch (RuntimeException e) {
            logs.close();
            storage.close();
            throw e;
        }
        SinkCounters counters = new SinkCounters();
        ExecutorService indexWrites = threads.indexes().get();
        KeyIndexes indexes = new KeyIndexes(settings.index(), settings.connector(), clock, Disk.behind(indexWrites));
        TransactionIds ids = new TransactionIds(settings.connector());
        SinkMeters meters = new SinkMeters(
                context.pluginMetrics(), ids, clock, below(settings.layout().warehouse()));
        TableAccess access = new TableAccess(
                storage,
                indexes,
                ids,
                settings.layout().properties(),
                counting(counters),
                retries,
                clock,
                meters.commits());
        TableFeeds tables = new TableFeeds(
                destinations(settings, access),
                settings.layout().field().map(RecordField::new).orElse(null),
                MOST_OPEN_TABLES);
        TableUpkeep upkeep = upkeep(settings, access);
        ErrantRecords errant = new ErrantRecords(
                context.errantRecordReporter(),
                clock,
                longest(settings.pipeline().retryTimeout(), REPORTS_TAKE),
                counters);
        meters.publish(counters, upkeep.counters(), settings.flush().maxBytes());
        FlushQueue flushes = new FlushQueue(
                threads.flushes().apply(settings.pipeline().flushThreads()),
                new RetrySchedule(settings.pipeline().retryTimeout()),
                clock,
                errant,
                counters,
                upkeep);
        return new SinkRun(
                context,
                clock,
                settings.flush(),
                settings.pipeline().failOnGaps() ? OffsetGapPolicy.FAIL : OffsetGapPolicy.WARN,
                new ChangeReader(settings.schema().rules(), settings.documents(), tables::documentType),
                errant,
                tables,
                flushes,
                new Handover(trial, tables, flushes, patience),
                counters,
                meters,
                () -> {
                    upkeep.awaitEnd();
                    logs.close();
                    indexes.close();
                    indexWrites.shutdown();
                    storage.close();
                });
    }

    /** A table's place in the warehouse, which is short and says no more than users may see of it. */
    private static UnaryOperator<String> below(String warehouse) {
        return location -> location.startsWith(warehouse)
                ? location.substring(warehouse.length()).replaceFirst("^/+", "")
                : location;
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private TableUpkeep upkeep(SinkSettings settings, TableAccess access) {
        ExecutorService compactions = threads.upkeep().apply("compaction");
        ExecutorService vacuums = threads.upkeep().apply("vacuum");
        InstallPace pace = new InstallPace(settings.compaction().maxPause());
        return new TableUpkeep(
                new Compactor(settings.compaction(), pace, access.tables(), compactions, clock),
                new CompactionInstaller(access.committer()::commit, pace),
                new Vacuum(settings.vacuum(), settings.connector(), access.tables(), vacuums, clock),
                List.of(compactions, vacuums));
    }

    private List<Destination> destinations(SinkSettings settings, TableAccess access) {
        TableLayout layout = settings.layout();
        WritePolicy write = settings.write();
        WritePolicy events = new WritePolicy(WriteMode.APPEND, DeleteMode.HARD, write.merge());
        List<Destination> destinations = new ArrayList<>();
        destinations.add(destination(settings, access, layout.name(), write));
        layout.append().ifPresent(name -> destinations.add(destination(settings, access, name, events)));
        return destinations;
    }

    private Destination destination(SinkSettings settings, TableAccess access, TableName name, WritePolicy write) {
        TableLayout layout = settings.layout();
        SchemaPolicy schema = settings.schema();
        SchemaRules rules = schema.rules();
        TableDesign design = new TableDesign(write, layout.partitionColumns(), layout.clusteringColumns());
        SchemaPlanner planner = new SchemaPlanner(
                schema.growth(), rules, write.kind(), settings.documents().keepsText());
        Tracing tracing = Tracing.ofWorker();
        TableRouter router = new TableRouter(layout.warehouse(), layout.topics(), name);
        return new Destination(
                router,
                location -> new TableFeed(new TableFeed.Parts(
                        () -> new TableSink(
                                location, access, design, layout.field().isEmpty()),
                        () -> new TableRows(planner, rules),
                        () -> new BatchTrace(tracing, clock),
                        clock,
                        settings.flush().interval())));
    }

    private Committer counting(SinkCounters counters) {
        return (table, commit) -> {
            try {
                return committer.commit(table, commit);
            } catch (LostRaceException e) {
                counters.lostRace();
                throw e;
            }
        };
    }
}
