package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.index.DeletesFiles;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.ForeignWriter;
import dev.cdcdelta.sink.table.KernelReader;
import dev.cdcdelta.sink.table.TableProtocolCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deletion vectors in forms that the sink does not write, and rows that another writer brings back. */
class ForeignVectorsTest {
    @TempDir
    Path directory;

    SinkRig rig;
    FakeRuntime task;
    ForeignWriter other;

    /** Where a vector is stored (PROTOCOL.md, Deletion Vector Descriptor Schema). */
    enum Storage {
        INLINE,
        SHARED_FILE,
        ABSOLUTE_PATH
    }

    /** Two files of four rows each. */
    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory).with("compaction.enabled", "false");
        task = rig.task(P0);
        rig.source
                .upsert("a", "\"n\":1", 1)
                .upsert("b", "\"n\":1", 2)
                .upsert("c", "\"n\":1", 3)
                .upsert("d", "\"n\":1", 4);
        task.sink();
        rig.source
                .upsert("e", "\"n\":1", 5)
                .upsert("f", "\"n\":1", 6)
                .upsert("g", "\"n\":1", 7)
                .upsert("h", "\"n\":1", 8);
        task.sink();
        other = new ForeignWriter(rig.table.location());
    }

    private List<String> files() {
        return rig.table.snapshot().files().values().stream()
                .filter(file -> !DeletesFiles.isOne(file))
                .map(DataFile::path)
                .sorted()
                .toList();
    }

    /** As every reader sees it. */
    private void expectRows(String... rows) throws Exception {
        List<String> texts = new ArrayList<>();
        for (String row : rows) {
            texts.add(row.replace(": n=", "|"));
        }
        rig.table.hasRows(rows);
        assertThat(KernelReader.rows(rig.table.location(), "_id", "n")).containsExactlyInAnyOrderElementsOf(texts);
        assertThat(TableProtocolCheck.rowsByDuckDb(rig.table.location(), "_id || '|' || n"))
                .containsExactlyInAnyOrderElementsOf(texts);
    }

    /** Each file loses its first and its third row. */
    private void delete(Storage storage) throws Exception {
        Map<String, int[]> positions = Map.of(files().get(0), new int[] {0, 2}, files().get(1), new int[] {0, 2});
        switch (storage) {
            case INLINE -> {
                other.deleteInline(files().get(0), 0, 2);
                other.deleteInline(files().get(1), 0, 2);
            }
            case SHARED_FILE -> other.deleteShared(positions);
            case ABSOLUTE_PATH -> other.deleteAbsolute(directory.resolve("elsewhere/vectors of others.bin"), positions);
        }
    }

    @ParameterizedTest
    @EnumSource
    void vectorsOfOthersAreUnitedWithOurs(Storage storage) throws Exception {
        delete(storage);
        expectRows("b: n=1", "d: n=1", "f: n=1", "h: n=1");

        // One row that lives, one that is dead, and one that comes back.
        rig.source.upsert("b", "\"n\":2", 9).delete("f", 10).delete("a", 11).upsert("e", "\"n\":2", 12);
        task.sink();

        expectRows("b: n=2", "d: n=1", "e: n=2", "h: n=1");
        TableProtocolCheck.check(rig.table.location());
    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatStartsOnVectorsOfOthersFindsTheRowsThatTheyLeave(Storage storage) throws Exception {
        delete(storage);

        rig.source.upsert("b", "\"n\":2", 9).upsert("d", "\"n\":2", 10).upsert("c", "\"n\":2", 11);
        rig.with("state.dir", directory.resolve("_another").toString()).task(P0).sink();

        expectRows("b: n=2", "c: n=2", "d: n=2", "f: n=1", "h: n=1");
        TableProtocolCheck.check(rig.table.location());
    }

    @ParameterizedTest
    @EnumSource
    void aFileWhoseLastRowsDieGoesWithTheVectorOfAnother(Storage storage) throws Exception {
        delete(storage);

        rig.source.delete("b", 9).delete("d", 10);
        task.sink();

        expectRows("f: n=1", "h: n=1");
        assertThat(files()).hasSize(1);
    }

    @Test
    void rowsThatAnotherBringsBackAreFoundByTheRunningTask() throws Exception {
        long before = rig.table.snapshot().version();
        rig.source.delete("a", 9).upsert("b", "\"n\":2", 10);
        task.sink();
        other.restore(before);
        expectRows("a: n=1", "b: n=1", "c: n=1", "d: n=1", "e: n=1", "f: n=1", "g: n=1", "h: n=1");

        rig.source.upsert("a", "\"n\":3", 11).upsert("b", "\"n\":3", 12).upsert("c", "\"n\":3", 13);
        task.sink();

        expectRows("a: n=3", "b: n=3", "c: n=3", "d: n=1", "e: n=1", "f: n=1", "g: n=1", "h: n=1");
        TableProtocolCheck.check(rig.table.location());
    }

    @Test
    void rowsThatAnotherBringsBackAreFoundByTheNextTask() throws Exception {
        long before = rig.table.snapshot().version();
        rig.source.delete("a", 9).upsert("b", "\"n\":2", 10);
        task.sink();
        task.stop();
        other.restore(before);

        rig.source.delete("a", 11).upsert("b", "\"n\":3", 12);
        rig.task(P0).sink();

        expectRows("b: n=3", "c: n=1", "d: n=1", "e: n=1", "f: n=1", "g: n=1", "h: n=1");
    }

    @Test
    void rowsOfAFileThatHadGoneAreFoundWhenItComesBack() throws Exception {
        long before = rig.table.snapshot().version();
        rig.source.delete("a", 9).delete("b", 10).delete("c", 11).delete("d", 12);
        task.sink();
        assertThat(files()).hasSize(1);
        other.restore(before);

        rig.source.delete("a", 13).upsert("b", "\"n\":3", 14);
        task.sink();

        expectRows("b: n=3", "c: n=1", "d: n=1", "e: n=1", "f: n=1", "g: n=1", "h: n=1");
    }

    @Test
    void rowsThatWereCompactedAreFoundWhereARestorePutsThem() throws Exception {
        long before = rig.table.snapshot().version();
        List<String> files = files();
        task.stop();
        SinkRig compacted = new SinkRig(directory).with("compaction.interval.ms", "1000");
        compacted.topics.copy(rig.topics, P0);
        task = compacted.task(P0);
        for (int round = 0; round < 20 && !Collections.disjoint(files, files()); round++) {
            compacted.source.upsert("z" + round, "\"n\":1", 100 + round);
            task.sink();
        }
        assertThat(files()).as("files after compaction").doesNotContainAnyElementsOf(files);
        other.restore(before);

        compacted
                .source
                .upsert("a", "\"n\":3", 200)
                .upsert("z0", "\"n\":3", 201)
                .delete("h", 202);
        task.sink();

        expectRows("a: n=3", "b: n=1", "c: n=1", "d: n=1", "e: n=1", "f: n=1", "g: n=1", "z0: n=3");
    }
}
