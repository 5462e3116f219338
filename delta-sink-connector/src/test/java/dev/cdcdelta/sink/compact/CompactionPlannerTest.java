package dev.cdcdelta.sink.compact;

import static dev.cdcdelta.sink.compact.Files.P0;
import static dev.cdcdelta.sink.compact.Files.P1;
import static dev.cdcdelta.sink.compact.Files.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.index.IndexedFiles;
import dev.cdcdelta.sink.table.DataFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompactionPlannerTest {
    private static final long TARGET = 1_000_000;
    private static final long MANY_ROWS = 1_000_000;

    private final List<DataFile> files = new ArrayList<>();

    @Test
    void eightSmallFilesBecomeOne() {
        small(7);
        assertThat(plan()).isEmpty();
        small(1);
        assertThat(plan()).containsExactly(files);
    }

    @Test
    void fewerFilesAreEnoughWhereTheyMakeAFullOne() {
        files.add(file("a", 400_000, 1000, 0));
        files.add(file("b", 400_000, 1000, 0));
        assertThat(plan()).containsExactly(files);
    }

    @Test
    void fullFilesAreLeftAlone() {
        for (int i = 0; i < 20; i++) {
            files.add(file("full" + i, 1_200_000, 1000, 333));
            files.add(file("many rows" + i, 10, 900_000, 0));
        }
        assertThat(plan()).isEmpty();
    }

    @Test
    void aFullFileOfWhichAThirdIsDeadIsRewrittenAlone() {
        files.add(file("full", 3_000_000, 900, 300));
        small(8);
        assertThat(plan()).containsExactly(files.subList(1, 9), files.subList(0, 1));
    }

    @Test
    void aFileOfMoreRowsThanCanBeInstalledAtOnceWaitsUntilEnoughOfThemAreDead() {
        files.add(file("huge", 100_000_000, 3 * MANY_ROWS, 2 * MANY_ROWS - 1));
        assertThat(plan()).isEmpty();
        files.set(0, file("huge", 100_000_000, 3 * MANY_ROWS, 2 * MANY_ROWS));
        assertThat(plan()).containsExactly(files);
    }

    @Test
    void noGroupHasMoreRowsThanCanBeInstalledAtOnce() {
        for (int i = 0; i < 100; i++) {
            files.add(file("f" + i, 10, 1 + i * 97 % 499, 0));
        }
        List<CompactionGroup> groups = new CompactionPlanner(TARGET).plan(files, Set.of(P0), 1000);
        assertThat(groups).hasSizeGreaterThan(10);
        assertThat(groups).allMatch(group -> group.liveRows() <= 1000);
    }

    @Test
    void deadRowsOfSmallFilesAreClearedOnceTheyWasteTheEighthOfAFile() {
        files.add(file("a", 60_000, 900, 700));
        assertThat(plan()).isEmpty();
        files.add(file("b", 65_000, 900, 899));
        assertThat(plan()).containsExactly(files);
    }

    @Test
    void filesOfDifferentTopicPartitionsStayApart() {
        small(7);
        for (int i = 0; i < 7; i++) {
            files.add(file("other" + i, 100, 10, 0, IndexedFiles.tags(P1)));
        }
        assertThat(plan()).isEmpty();
    }

    @Test
    void filesOfOthersAreLeftToThem() {
        for (int i = 0; i < 20; i++) {
            files.add(file("other task" + i, 100, 10, 10, IndexedFiles.tags(P1)));
            files.add(file("other writer" + i, 100, 10, 10, Map.of()));
        }
        assertThat(plan()).isEmpty();
    }

    @Test
    void aRewriteTakesTheTiersAlongThatItWouldFill() {
        for (int tier = 0, rows = 1; tier < 4; tier++, rows *= 8) {
            for (int i = 0; i < 7; i++) {
                files.add(file(tier + "." + i, 10, rows, 0));
            }
        }
        assertThat(plan()).isEmpty();
        files.add(file("last", 10, 1, 0));
        assertThat(plan()).hasSize(1).first().asList().hasSize(29);
    }

    private void small(int count) {
        for (int i = 0; i < count; i++) {
            files.add(file("small" + files.size(), 100, 10, 0));
        }
    }

    private List<List<DataFile>> plan() {
        return new CompactionPlanner(TARGET)
                .plan(files, Set.of(P0), MANY_ROWS).stream()
                        .map(CompactionGroup::files)
                        .map(group -> group.stream()
                                .sorted((a, b) -> Integer.compare(files.indexOf(a), files.indexOf(b)))
                                .toList())
                        .toList();
    }
}
