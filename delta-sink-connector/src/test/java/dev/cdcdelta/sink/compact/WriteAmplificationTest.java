package dev.cdcdelta.sink.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.Seeds;
import dev.cdcdelta.sink.table.DataFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten thousand commits of small files, on the level of file sizes: few files stay, and few rows are rewritten. */
class WriteAmplificationTest {
    private static final int COMMITS = 10_000;
    private static final int COMMITS_BETWEEN_LOOKS = 10;
    private static final long BYTES_PER_ROW = 100;
    private static final long TARGET = 128L << 20;
    private static final long FULL_ROWS = TARGET / BYTES_PER_ROW;

    private final Map<String, DataFile> files = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    private long writtenRows;
    private long rewrittenRows;
    private long killedRows;
    private long mostSmallFiles;

    @Test
    void appendedRowsAreRewrittenOncePerTierAtMost() {
        simulate(new Random(1), 1000, 0);
        assertThat(rewrittenRows).isLessThan(writtenRows * (tiersFrom(500) + 1));
        assertFewFiles();
    }

    @Test
    void filesOfOneRowAreRewrittenOncePerTierAtMost() {
        simulate(new Random(2), 1, 0);
        assertThat(rewrittenRows).isLessThan(writtenRows * (tiersFrom(1) + 1));
        assertFewFiles();
    }

    @Test
    void rowsThatDieAndMoveCostNoMoreThanThreeWritesEachBesides() {
        simulate(new Random(3), 1000, 700);
        assertThat(rewrittenRows).isLessThan(writtenRows * (tiersFrom(500) + 1) + 3 * killedRows);
        assertFewFiles();
        assertThat(storedRows()).isLessThan(3 * (writtenRows - killedRows) + FULL_ROWS);
    }

    @Test
    @Tag("slow")
    void anyWorkloadStaysWithinTheBounds() {
        long seed = Seeds.any();
        double most = 0;
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            files.clear();
            order.clear();
            writtenRows = rewrittenRows = killedRows = mostSmallFiles = 0;
            int rows = 1 + random.nextInt(20_000);
            simulate(random, rows, random.nextInt(rows));
            assertThat(rewrittenRows)
                    .as("seed %s round %s", seed, round)
                    .isLessThan(writtenRows * (tiersFrom(Math.max(1, rows / 2)) + 1) + 3 * killedRows);
            assertFewFiles();
            most = Math.max(most, (double) rewrittenRows / writtenRows);
        }
        System.out.printf(
                "write amplification: seed %d, 50 rounds of %d commits; rows rewritten %.2f times at most%n",
                seed, COMMITS, most);
    }

    /** Commits add files of {@code rows} on average, and kill so many rows of random files, the newer ones more often. */
    private void simulate(Random random, int rows, int killed) {
        CompactionPlanner planner = new CompactionPlanner(TARGET);
        for (int commit = 0; commit < COMMITS; commit++) {
            long added = rows / 2 + 1 + random.nextInt(rows);
            add("c" + commit, added);
            writtenRows += added;
            for (int left = killed; left > 0 && !order.isEmpty(); ) {
                left -= kill(random, Math.min(left, 1 + killed / 4));
            }
            if (commit % COMMITS_BETWEEN_LOOKS == 0) {
                compactAll(planner, commit);
            }
        }
        System.out.printf(
                "%,d rows written, %,d killed, %,d rewritten: %.2f times; %d files, at most %d small ones%n",
                writtenRows,
                killedRows,
                rewrittenRows,
                (double) rewrittenRows / writtenRows,
                files.size(),
                mostSmallFiles);
    }

    private int kill(Random random, int count) {
        int back = (int) (order.size() * Math.pow(random.nextDouble(), 3));
        DataFile file =
                Objects.requireNonNull(files.get(order.get(order.size() - 1 - Math.min(back, order.size() - 1))));
        long live = LiveShare.rows(file);
        long dead = Math.min(live, 1 + (live > 1 ? random.nextInt((int) Math.min(live, count)) : 0));
        killedRows += dead;
        if (dead == live) {
            drop(file);
        } else {
            files.put(
                    file.path(), Files.file(file.path(), file.size(), file.rowCount(), file.deletedRowCount() + dead));
        }
        return (int) Math.max(1, dead);
    }

    private void compactAll(CompactionPlanner planner, int commit) {
        List<CompactionGroup> groups = planner.plan(files.values(), Set.of(Files.P0), Long.MAX_VALUE / 2);
        for (int i = 0; i < groups.size(); i++) {
            CompactionGroup group = groups.get(i);
            rewrittenRows += group.liveRows();
            group.files().forEach(this::drop);
            if (group.liveRows() > 0) {
                add("r" + commit + "." + i, group.liveRows());
            }
        }
        FileBounds bounds = new FileBounds(TARGET, Long.MAX_VALUE / 2);
        mostSmallFiles = Math.max(
                mostSmallFiles,
                files.values().stream().filter(file -> !bounds.isFull(file)).count());
    }

    private void add(String path, long rows) {
        files.put(path, Files.file(path, rows * BYTES_PER_ROW, rows, 0));
        order.add(path);
    }

    private void drop(DataFile file) {
        files.remove(file.path());
        order.remove(file.path());
    }

    private long storedRows() {
        return files.values().stream().mapToLong(DataFile::rowCount).sum();
    }

    private void assertFewFiles() {
        assertThat(mostSmallFiles).isLessThanOrEqualTo((SmallFiles.FAN_IN - 1) * (tiersFrom(1) + 1));
        assertThat((long) files.size())
                .isLessThanOrEqualTo(mostSmallFiles + writtenRows * 4 / 3 / FULL_ROWS + COMMITS_BETWEEN_LOOKS);
    }

    private static long tiersFrom(long rows) {
        return (long) Math.ceil(Math.log((double) FULL_ROWS / rows) / Math.log(SmallFiles.FAN_IN));
    }
}
