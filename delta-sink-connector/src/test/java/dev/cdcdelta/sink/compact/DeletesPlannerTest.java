package dev.cdcdelta.sink.compact;

import static dev.cdcdelta.sink.compact.Files.P0;
import static dev.cdcdelta.sink.compact.Files.P1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.index.DeletesFiles;
import dev.cdcdelta.sink.table.DataFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DeletesPlannerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration RETENTION = Duration.ofHours(8);

    private final List<DataFile> files = new ArrayList<>();

    @Test
    void eightFilesOfATierBecomeOne() {
        add(7, P0, START, 1);
        assertThat(plan(START)).isEmpty();
        add(1, P0, START, 1);
        assertThat(plan(START)).containsExactly(files);
    }

    @Test
    void aLargerFileIsLeftAloneUntilThereAreEightOfIt() {
        add(1, P0, START, 70);
        add(8, P0, START, 1);
        assertThat(plan(START)).containsExactly(files.subList(1, 9));
    }

    @Test
    void ofAQuarterThatIsPastOneFileIsLeft() {
        add(1, P0, START, 1_000);
        add(1, P0, START.plus(RETENTION.dividedBy(5)), 1);
        assertThat(plan(START)).isEmpty();
        Instant next = START.plus(RETENTION.dividedBy(4));
        assertThat(plan(next)).containsExactly(files);
        add(1, P0, next, 1);
        assertThat(plan(next)).containsExactly(files.subList(0, 2));
    }

    @Test
    void filesGoWhenTheirTimeIsOver() {
        add(3, P0, START, 1);
        add(1, P0, START.plus(RETENTION.dividedBy(2)), 1);
        assertThat(plan(START.plus(RETENTION))).containsExactly(files.subList(0, 3));
        assertThat(plan(START.plus(RETENTION).plusSeconds(1))).containsExactly(files.subList(0, 3));
        assertThat(plan(START.plus(RETENTION.multipliedBy(2)))).containsExactly(files);
    }

    @Test
    void filesOfDifferentPartitionsStayApart() {
        add(7, P0, START, 1);
        add(7, P1, START, 1);
        assertThat(plan(START)).isEmpty();
    }

    @Test
    void filesOfPartitionsThatOthersOwnAreLeftToThem() {
        add(20, new TopicPartition("other", 0), START, 1);
        assertThat(plan(START.plus(RETENTION.multipliedBy(2)))).isEmpty();
    }

    @Test
    void rowsThatSomebodyBroughtToLifeAreNoDeletes() {
        for (int i = 0; i < 8; i++) {
            files.add(Files.file("live" + i, 100, 2, 1, DeletesFiles.tags(P0, START)));
        }
        assertThat(plan(START.plus(RETENTION.multipliedBy(2)))).isEmpty();
    }

    @Test
    void aTagThatIsNoTimeIsOfOldAndItsFileGoes() {
        files.add(Files.file("odd", 100, 1, 1, DeletesFiles.at(DeletesFiles.tags(P0, START), Instant.EPOCH)));
        assertThat(plan(START)).containsExactly(files);
    }

    private void add(int count, TopicPartition partition, Instant committed, long rows) {
        for (int i = 0; i < count; i++) {
            files.add(Files.file("f" + files.size(), 100, rows, rows, DeletesFiles.tags(partition, committed)));
        }
    }

    private List<List<DataFile>> plan(Instant now) {
        return new DeletesPlanner(RETENTION)
                .plan(files, Set.of(P0, P1), now).stream()
                        .map(CompactionGroup::files)
                        .toList();
    }
}
