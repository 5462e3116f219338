package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.batch.TableRows;
import dev.cdcdelta.sink.compact.CompactionInstaller;
import dev.cdcdelta.sink.compact.CompactionPolicy;
import dev.cdcdelta.sink.compact.Compactor;
import dev.cdcdelta.sink.compact.InstallPace;
import dev.cdcdelta.sink.index.IndexPolicy;
import dev.cdcdelta.sink.index.IndexScope;
import dev.cdcdelta.sink.index.KeyIndex;
import dev.cdcdelta.sink.index.KeyIndexes;
import dev.cdcdelta.sink.index.store.Disk;
import dev.cdcdelta.sink.merge.DeleteMode;
import dev.cdcdelta.sink.merge.FlushGivenUpException;
import dev.cdcdelta.sink.merge.MergeMode;
import dev.cdcdelta.sink.merge.RetryPolicy;
import dev.cdcdelta.sink.merge.TableAccess;
import dev.cdcdelta.sink.merge.TableDesign;
import dev.cdcdelta.sink.merge.TableSink;
import dev.cdcdelta.sink.merge.TransactionIds;
import dev.cdcdelta.sink.merge.WriteMode;
import dev.cdcdelta.sink.merge.WritePolicy;
import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.TableProtocolCheck;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What a connector has to do, as a function of a seed: topics full of changes, which tasks bring into a table flush by flush, with
 * checkpoints and compactions in between. Whoever begins it goes on where the one before stopped.
 */
final class CrashWorkload {
    private static final int KEYS = 12;
    private static final int EVENTS = 50;
    private static final Set<TopicPartition> PARTITIONS = Set.of(P0, P1);

    private final Path directory;
    private final long seed;
    private final TableDesign design;
    private final SinkRig rig;
    private final Map<String, String> model = new TreeMap<>();

    CrashWorkload(Path directory, long seed) {
        this.directory = directory;
        this.seed = seed;
        MergeMode merge = seed % 4 == 2 ? MergeMode.COPY_ON_WRITE : MergeMode.MERGE_ON_READ;
        design = new TableDesign(new WritePolicy(WriteMode.UPSERT, DeleteMode.HARD, merge), List.of(), List.of());
        rig = new SinkRig(directory)
                .with("table.properties.delta.checkpointInterval", "3")
                .with("merge.mode", merge == MergeMode.COPY_ON_WRITE ? "copy-on-write" : "merge-on-read");
        if (seed % 4 == 1) {
            rig.with("table.properties.delta.enableChangeDataFeed", "true");
        }
        fill();
    }

    private void fill() {
        Random random = new Random(seed);
        Map<String, Long> versions = new TreeMap<>();
        for (int event = 1; event <= EVENTS; event++) {
            int number = random.nextInt(KEYS);
            String id = "k" + number;
            Source source = rig.source(number % 2 == 0 ? P0 : P1);
            String field = event < EVENTS / 2 ? "n" : "f" + random.nextInt(3);
            Long known = versions.get(id);
            int kind = random.nextInt(8);
            if (kind == 0) {
                source.delete(id, event);
                model.remove(id);
                versions.remove(id);
            } else if (kind == 1 && known != null) {
                source.upsert(id, "\"stale\":1", known - 1);
            } else {
                source.upsert(id, "\"" + field + "\":" + event, event);
                model.put(id, " " + field + "=" + event);
                versions.put(id, (long) event);
            }
        }
    }

    /** Does what is left to do. */
    void run() {
        Random random = new Random(seed);
        FakeRuntime task = rig.task(P0, P1);
        for (int step = 1; !isDone(); step++) {
            assertThat(step).as("steps, seed %d", seed).isLessThan(100);
            task.poll(1 + random.nextInt(5));
            rig.clock.advance(Duration.ofMinutes(1));
            task.poll(0);
            task.poll(0);
            task.commitOffsets();
            if (step % 4 == 0) {
                task.stop();
                compact();
                task = rig.task(P0, P1);
            }
        }
        task.stop();
        compact();
    }

    private boolean isDone() {
        return PARTITIONS.stream()
                .allMatch(
                        partition -> rig.topics.groupOffsets.getOrDefault(partition, 0L) >= rig.topics.end(partition));
    }

    /** As a task does it: the index is that of a flush, in this case of one without a record. */
    private void compact() {
        try (DeltaTables tables = new DeltaTables(Map.of());
                KeyIndexes indexes = indexes(directory.resolve("_state"))) {
            TableAccess access = new TableAccess(
                    tables,
                    indexes,
                    new TransactionIds("sink"),
                    Map.of(),
                    DeltaTable::commit,
                    new RetryPolicy(1, Duration.ZERO, Duration.ZERO),
                    rig.clock);
            TableSink sink = new TableSink(rig.table.location(), access, design);
            sink.own(PARTITIONS);
            SchemaPlanner planner = new SchemaPlanner(
                    SchemaGrowth.WIDEN, SchemaRules.DEFAULT, design.policy().kind());
            sink.flush(new TableBatch(new TableRows(planner)), Map.of());
            CompactionPolicy policy =
                    new CompactionPolicy(true, Duration.ZERO, 128L << 20, Duration.ofMinutes(1), Duration.ofDays(7));
            InstallPace pace = new InstallPace(policy.maxPause());
            try (Compactor compactor = new Compactor(policy, pace, tables, Runnable::run, rig.clock)) {
                sink.snapshot().ifPresent(snapshot -> compactor.look(sink.location(), snapshot, sink.owned()));
                compactor
                        .takeReady(sink.location())
                        .ifPresent(files -> compactor.installed(
                                sink.location(),
                                sink.install(files, new CompactionInstaller(DeltaTable::commit, pace))));
            }
        } catch (FlushGivenUpException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private KeyIndexes indexes(Path state) {
        return new KeyIndexes(
                new IndexPolicy(state, IndexScope.AUTO, Duration.ofDays(7)), "sink", rig.clock, Disk.REAL);
    }

    /** The table is the model, by full comparison and by the protocol, and the index is what one built from the table would be. */
    void check() throws IOException, SQLException {
        List<String> expected = model.entrySet().stream()
                .map(document -> document.getKey() + ":" + document.getValue())
                .toList();
        assertThat(rig.table.rows(false)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(rig.table.snapshot().transactions())
                .containsEntry("sink|mongo.shop.orders|0", rig.topics.end(P0))
                .containsEntry("sink|mongo.shop.orders|1", rig.topics.end(P1));
        TableProtocolCheck.check(rig.table.location());
        try (DeltaTables tables = new DeltaTables(Map.of());
                KeyIndexes kept = indexes(directory.resolve("_state"));
                KeyIndexes fresh = indexes(directory.resolve("_fresh"))) {
            DeltaTable table = tables.open(rig.table.location()).orElseThrow();
            KeyIndex known = kept.open(kept.owner(table.location()), table, PARTITIONS, Set.of());
            KeyIndex rebuilt = fresh.open(fresh.owner(table.location()), table, PARTITIONS, Set.of());
            for (int number = 0; number < KEYS; number++) {
                DocumentKey key = Documents.key("k" + number);
                assertThat(known.find(key)).as("seed %d, key %s", seed, key).isEqualTo(rebuilt.find(key));
                assertThat(known.find(key).isPresent()).isEqualTo(model.containsKey("k" + number));
            }
        }
    }
}
