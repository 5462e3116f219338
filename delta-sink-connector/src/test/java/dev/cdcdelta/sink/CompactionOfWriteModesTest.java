package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.FeedRig.P0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.index.IndexedFiles;
import dev.cdcdelta.sink.table.DataFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What compaction does to the tables of each write mode. */
class CompactionOfWriteModesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(WriteModesModelTest.Way.class)
    void rowsStayWhatTheyAreAndFilesOfOneKindGetFewer(WriteModesModelTest.Way way) {
        FeedRig rig = new FeedRig(directory, way.design, Map.of());
        SourceModel model = new SourceModel(rig, new Random(11), way.kind(), id -> P0);
        FeedRig.Feeder feeder = rig.feeder(P0);
        for (int i = 0; i < 24; i++) {
            model.change(3, 0);
            feeder.sink();
        }
        List<String> rows = rig.table.rows(true);
        Map<String, Long> transactions = rig.table.snapshot().transactions();
        int before = files(rig).size();
        for (int i = 0; i < 20; i++) {
            feeder.compact().install();
        }
        assertThat(rig.givenUp).isEmpty();
        assertThat(rig.table.rows(true)).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(rig.table.snapshot().transactions()).isEqualTo(transactions);
        if (rig.compactions() > 0) {
            assertThat(files(rig)).hasSizeLessThan(before);
        }
        model.change(20, 0);
        feeder.sink();
        assertThat(rig.table.rows(true)).containsExactlyInAnyOrderElementsOf(model.rows());
        rig.feeder(P0).sink();
        assertThat(rig.table.rows(true)).containsExactlyInAnyOrderElementsOf(model.rows());
    }

    @Test
    void closedVersionsAreCompactedApartFromCurrentOnes() {
        FeedRig rig = new FeedRig(directory, WriteModesModelTest.Way.HISTORY.design, Map.of());
        FeedRig.Feeder feeder = rig.feeder(P0);
        for (int i = 0; i < 9; i++) {
            for (int key = 0; key < 3; key++) {
                rig.append(P0, Documents.upsert("k" + (3 * i + key), Documents.version(i, 1), Operation.CREATE, 0, i));
                if (i > 0) {
                    rig.append(P0, Documents.upsert("k" + key, Documents.version(i, 2), Operation.UPDATE, 0, i));
                }
            }
            feeder.sink();
        }
        List<String> rows = rig.table.rows(true);
        for (int i = 0; i < 10; i++) {
            feeder.compact().install();
        }
        assertThat(rig.compactions()).isGreaterThanOrEqualTo(2);
        assertThat(rig.table.rows(true)).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(files(rig).stream().map(IndexedFiles::ownTags).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(IndexedFiles.tags(P0), IndexedFiles.closedTags(P0));
        rig.append(P0, Documents.upsert("k1", Documents.version(50, 1), Operation.UPDATE, 0, 77));
        feeder.sink();
        assertThat(rig.table.rows(true)).hasSize(rows.size() + 1);
    }

    @Test
    void aFileThatCopyOnWriteRewritesMeanwhileGivesTheCompactionUp() {
        FeedRig rig = new FeedRig(directory, WriteModesModelTest.Way.COPY.design, Map.of());
        FeedRig.Feeder feeder = rig.feeder(P0);
        for (int i = 0; i < 8; i++) {
            rig.append(P0, Documents.upsert("k" + i, Documents.version(i, 1), Operation.CREATE, 0, i));
            rig.append(P0, Documents.upsert("l" + i, Documents.version(i, 1), Operation.CREATE, 0, i));
            feeder.sink();
        }
        feeder.compact();
        rig.append(P0, Documents.upsert("k3", Documents.version(20, 1), Operation.UPDATE, 0, 99));
        feeder.sink();
        List<String> rows = rig.table.rows(true);
        feeder.install();
        assertThat(rig.givenUp).singleElement().asString().contains("has been rewritten");
        assertThat(rig.compactions()).isZero();
        assertThat(rig.table.rows(true)).containsExactlyInAnyOrderElementsOf(rows);
    }

    private static Collection<DataFile> files(FeedRig rig) {
        return rig.table.snapshot().files().values();
    }
}
