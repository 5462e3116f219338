package dev.cdcdelta.sink;

import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.batch.TableRows;
import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.compact.CompactionInstaller;
import dev.cdcdelta.sink.compact.CompactionPolicy;
import dev.cdcdelta.sink.compact.Compactor;
import dev.cdcdelta.sink.compact.InstallPace;
import dev.cdcdelta.sink.compact.InstallResult;
import dev.cdcdelta.sink.index.IndexPolicy;
import dev.cdcdelta.sink.index.IndexScope;
import dev.cdcdelta.sink.index.KeyIndexes;
import dev.cdcdelta.sink.index.store.Disk;
import dev.cdcdelta.sink.merge.Committer;
import dev.cdcdelta.sink.merge.FlushGivenUpException;
import dev.cdcdelta.sink.merge.RetryPolicy;
import dev.cdcdelta.sink.merge.TableAccess;
import dev.cdcdelta.sink.merge.TableDesign;
import dev.cdcdelta.sink.merge.TableSink;
import dev.cdcdelta.sink.merge.TransactionIds;
import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;

/** A table of any design, and the partitions of a topic that feed it, in memory. */
final class FeedRig {
    static final TopicPartition P0 = new TopicPartition("t", 0);
    static final TopicPartition P1 = new TopicPartition("t", 1);

    private static final CompactionPolicy COMPACTION =
            new CompactionPolicy(true, Duration.ZERO, 32 << 10, Duration.ofMinutes(10), Duration.ofDays(7));
    private static final InstallPace PACE = new InstallPace(COMPACTION.maxPause());

    final String location;
    final TableContent table;
    final List<String> givenUp = new ArrayList<>();
    private final DeltaTables tables = new DeltaTables(Map.of());
    final TestClock clock = new TestClock();
    private final Path state;
    private final AtomicInteger compactions = new AtomicInteger();
    private int feeders;
    private final TableDesign design;
    private final Map<String, String> properties;
    private final boolean keepsText;
    private final SchemaRules rules;
    private final Map<TopicPartition, List<Change>> logs = new HashMap<>();

    FeedRig(Path directory, TableDesign design, Map<String, String> properties) {
        this(directory, design, properties, false, SchemaRules.of(ConflictPolicy.SIDECAR));
    }

    /** @param keepsText whether the table has the column {@code _doc} */
    FeedRig(Path directory, TableDesign design, Map<String, String> properties, boolean keepsText, SchemaRules rules) {
        this.keepsText = keepsText;
        this.rules = rules;
        this.state = directory.resolve("_state");
        this.location = "file://" + directory + "/table";
        this.table = new TableContent(location);
        this.design = design;
        this.properties = properties;
    }

    /** @return the offset that the change gets */
    long append(TopicPartition partition, Change change) {
        List<Change> log = logs.computeIfAbsent(partition, key -> new ArrayList<>());
        log.add(change);
        return log.size() - 1;
    }

    /** A log that is computed, for more changes than the heap holds. */
    void fill(TopicPartition partition, List<Change> log) {
        logs.put(partition, log);
    }

    void copyLogTo(FeedRig other) {
        logs.forEach((partition, log) -> other.logs.put(partition, new ArrayList<>(log)));
    }

    Feeder feeder(TopicPartition... owned) {
        return new Feeder(DeltaTable::commit, Set.of(owned));
    }

    Feeder feeder(Committer committer, TopicPartition... owned) {
        return new Feeder(committer, Set.of(owned));
    }

    /** Each feeder has its own place: it may be alive beside others of the same partitions, as after a crash that nobody cleaned up. */
    private KeyIndexes indexes() {
        IndexPolicy policy =
                new IndexPolicy(state.resolve(Integer.toString(feeders++)), IndexScope.AUTO, Duration.ofDays(7));
        return new KeyIndexes(policy, "sink", clock, Disk.REAL);
    }

    void pass(Duration time) {
        clock.advance(time);
    }

    /** How many compactions are in the table. */
    int compactions() {
        return compactions.get();
    }

    boolean hasSharedTopic() {
        return table.snapshot().transactions().containsKey("sink|t|shared");
    }

    /** What a task does for one table. */
    final class Feeder {
        private final TableSink sink;
        private final TableBatch batch;
        private final Compactor compactor = new Compactor(COMPACTION, PACE, tables, Runnable::run, clock);
        private final CompactionInstaller installer;
        private final Map<TopicPartition, Long> next = new LinkedHashMap<>();
        private final Map<TopicPartition, Long> bases = new HashMap<>();

        private Feeder(Committer committer, Set<TopicPartition> owned) {
            RetryPolicy retries = new RetryPolicy(30, Duration.ofMillis(1), Duration.ofMillis(5));
            TableAccess access = new TableAccess(
                    tables, indexes(), new TransactionIds("sink"), properties, committer, retries, clock);
            installer = new CompactionInstaller(committer::commit, PACE);
            sink = new TableSink(location, access, design);
            SchemaPlanner planner =
                    new SchemaPlanner(SchemaGrowth.WIDEN, rules, design.policy().kind(), keepsText);
            batch = new TableBatch(new TableRows(planner, rules));
            sink.own(owned);
            sink.columns().ifPresent(columns -> batch.rows().rebase(columns, sink.mayWiden()));
            owned.forEach(partition -> next.put(partition, 0L));
            rewind();
        }

        private void rewind() {
            batch.clear();
            bases.clear();
            next.replaceAll((partition, offset) -> {
                sink.recordedOffset(partition).ifPresent(recorded -> bases.put(partition, recorded));
                return bases.getOrDefault(partition, 0L);
            });
        }

        Feeder read(int limit) {
            next.replaceAll((partition, offset) -> {
                List<Change> log = logs.getOrDefault(partition, List.of());
                long end = Math.min(log.size(), offset + limit);
                for (long at = offset; at < end; at++) {
                    batch.add(partition, at, log.get((int) at));
                    batch.cover(partition, at);
                }
                return end;
            });
            return this;
        }

        /** Writes the live rows of some files into others. */
        Feeder compact() {
            sink.snapshot().ifPresent(snapshot -> compactor.look(location, snapshot, sink.owned()));
            return this;
        }

        /** Puts what is compacted into the table, if anything is. */
        Feeder install() {
            compactor.takeReady(location).ifPresent(files -> {
                InstallResult result = sink.install(files, installer);
                compactor.installed(location, result);
                if (result.installed()) {
                    compactions.incrementAndGet();
                } else {
                    givenUp.add(result.reason());
                }
            });
            return this;
        }

        /** Commits what has been read, or forgets it where another has got ahead. */
        Feeder flush() {
            if (batch.isEmpty()) {
                return this;
            }
            try {
                if (sink.flush(batch, bases)) {
                    batch.partitions().forEach(each -> bases.put(each.partition(), each.nextOffset()));
                }
                batch.clear();
            } catch (FlushGivenUpException e) {
                rewind();
            }
            return this;
        }

        Feeder sink() {
            return read(Integer.MAX_VALUE).flush().read(Integer.MAX_VALUE).flush();
        }
    }
}
