package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.merge.Committer;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random changes against a model, with flush threads that run at any time, tasks that die before, in and after their commits and linger
 * on, partitions that change hands, a storage that fails, and compactions in between, whose commits fail and kill as well.
 */
class PipelineCampaignTest {
    private static final int ROUNDS = 50;
    private static final TopicPartition[] PARTITIONS = {P0, P1};

    @TempDir
    Path directory;

    /** The task dies, and not only what it was about. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theTableEqualsTheModelWhereverAFlushIsHeldUp(long seed) {
        Campaign campaign = new Campaign(seed, false, ROUNDS);
        campaign.run();
        // Of the other seeds, some never get as far.
        if (seed == 1) {
            assertThat(campaign.installed).hasPositiveValue();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5})
    void theTableEqualsTheModelWithThreadsOfTheirOwn(long seed) {
        new Campaign(seed, true, ROUNDS).run();
    }

    @Tag("slow")
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("manySeeds")
    void theTableEqualsTheModelInALongCampaign(long seed) {
        new Campaign(seed, seed % 3 == 0, Integer.getInteger("rounds", 3 * ROUNDS)).run();
    }

    static LongStream manySeeds() {
        return Seeds.from(2000, 60);
    }

    private final class Campaign {
        private final long seed;
        private final boolean concurrent;
        private final int rounds;
        private final Random random;
        private final SinkRig rig = new SinkRig(directory);
        private final Map<String, String> model = new TreeMap<>();
        private final List<DirectThreads> heldUp = new ArrayList<>();
        private final AtomicInteger installed = new AtomicInteger();
        private final FakeRuntime[] tasks = new FakeRuntime[2];

        Campaign(long seed, boolean concurrent, int rounds) {
            this.seed = seed;
            this.concurrent = concurrent;
            this.rounds = rounds;
            this.random = new Random(seed);
            rig.with("compaction.interval.ms", "1000").with("compaction.target.file.bytes", "16384");
            if (concurrent) {
                rig.on(() -> Executors.newFixedThreadPool(2)).keptUpOn(() -> Executors.newSingleThreadExecutor());
            } else {
                rig.on(this::threads).keptUpOn(() -> threads()).patient(Duration.ZERO);
            }
        }

        private DirectThreads threads() {
            DirectThreads threads = new DirectThreads();
            heldUp.add(threads);
            return random.nextBoolean() ? threads.hold() : threads;
        }

        void run() {
            start(0);
            start(1);
            for (int round = 1; round <= rounds; round++) {
                change(round);
                int which = random.nextInt(2);
                try {
                    step(which);
                } catch (RuntimeException | Death crash) {
                    requireInjected(crash);
                    start(which);
                }
            }
            heldUp.forEach(DirectThreads::letGo);
            rig.on(DirectThreads::new).keptUpOn(() -> new DirectThreads()).patient(Duration.ofSeconds(30));
            finish(rig.task(P0, P1));
            List<String> expected = new ArrayList<>();
            model.forEach((id, fields) -> expected.add(id + ":" + fields));
            assertThat(rig.table.rows(false)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
            System.out.printf(
                    "pipeline: seed %d, threads of their own: %s, %d rounds, %d versions, %d compactions; table = model%n",
                    seed, concurrent, rounds, rig.table.snapshot().version(), installed.get());
        }

        /** Those who linger on may still win some races. */
        private void finish(FakeRuntime last) {
            Map<TopicPartition, Long> ends = Map.of(P0, rig.topics.end(P0), P1, rig.topics.end(P1));
            for (int i = 0; i < 10 && !rig.topics.groupOffsets.equals(ends); i++) {
                last.sink();
            }
            assertThat(rig.topics.groupOffsets).as("seed %d", seed).isEqualTo(ends);
            for (int i = 0; i < 3; i++) {
                last.sink();
            }
        }

        private void step(int which) {
            FakeRuntime task = tasks[which];
            switch (random.nextInt(11)) {
                case 0, 1 -> task.poll(1 + random.nextInt(5));
                case 2 -> {
                    task.revoke(PARTITIONS[which]);
                    task.assign(PARTITIONS[which]);
                }
                case 3 -> {
                    task.stop();
                    start(which);
                }
                // The one before lives on, with what it has under way.
                case 4 -> start(which);
                case 5 -> {
                    if (!heldUp.isEmpty()) {
                        heldUp.get(random.nextInt(heldUp.size())).letGo();
                    }
                }
                // Some flushes and compactions come to their end, the others are met in the midst.
                case 6, 7 -> {
                    if (concurrent) {
                        task.sink();
                    } else {
                        flush(task);
                    }
                }
                default -> flush(task);
            }
        }

        private void flush(FakeRuntime task) {
            for (int i = random.nextInt(4); i >= 0; i--) {
                task.pollAll();
                rig.clock.advance(Duration.ofMinutes(1));
                task.pollAll();
            }
            task.commitOffsets();
        }

        private void start(int which) {
            tasks[which] = rig.task(failing(), PARTITIONS[which]);
        }

        private void requireInjected(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof Crash || cause instanceof Death) {
                    return;
                }
            }
            throw new AssertionError("seed " + seed, failure);
        }

        private void change(int round) {
            for (int i = random.nextInt(8); i >= 0; i--) {
                int number = random.nextInt(40);
                String id = "k" + number;
                Source source = rig.source(PARTITIONS[number % 2]);
                long version = round * 100L - i;
                if (random.nextInt(4) == 0) {
                    source.delete(id, version);
                    model.remove(id);
                } else {
                    String field = "f" + random.nextInt(6);
                    source.upsert(id, "\"" + field + "\":" + version, version);
                    model.put(id, " " + field + "=" + version);
                }
            }
        }

        private Committer failing() {
            Random fates = new Random(random.nextLong());
            return (table, commit) -> {
                if (!commit.dataChange()) {
                    return failingToInstall(fates, table, commit);
                }
                int fate = concurrent ? 9 : fates.nextInt(14);
                if (fate == 0) {
                    throw new Crash();
                }
                if (fate == 1) {
                    throw StorageFailures.unavailable();
                }
                var snapshot = table.commit(commit);
                if (fate == 2) {
                    throw new Crash();
                }
                if (fate == 3) {
                    throw StorageFailures.unavailable();
                }
                return snapshot;
            };
        }

        private TableSnapshot failingToInstall(Random fates, DeltaTable table, TableCommit commit)
                throws LostRaceException {
            int fate = fates.nextInt(concurrent ? 6 : 10);
            failToInstall(fate);
            TableSnapshot snapshot = table.commit(commit);
            installed.incrementAndGet();
            failToInstall(fate - 3);
            return snapshot;
        }

        private void failToInstall(int fate) {
            if (fate == 0) {
                throw new Crash();
            }
            if (fate == 1) {
                throw StorageFailures.unavailable();
            }
            if (fate == 2) {
                throw new Death();
            }
        }
    }
}
