package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.FeedRig.P0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.merge.DeleteMode;
import dev.cdcdelta.sink.merge.MergeMode;
import dev.cdcdelta.sink.merge.TableDesign;
import dev.cdcdelta.sink.merge.WriteMode;
import dev.cdcdelta.sink.merge.WritePolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that change more often than tables are made for. */
class BusyKeysTest {
    private static final int CHANGES = 10_000;

    @TempDir
    Path directory;

    @Test
    void tenThousandChangesOfAKeyAcrossSchemaChangesAreOneRow() {
        FeedRig rig = rig(WriteMode.UPSERT, DeleteMode.HARD);
        change(rig, CHANGES);
        rig.feeder(P0).sink();
        assertThat(rig.table.rows(false)).containsExactly("k: color=blue n=9999 nested={a=9999} s=text 9999");
    }

    @Test
    void tenThousandChangesOfAKeyAreAsManyVersionsThatFollowEachOther() {
        FeedRig rig = rig(WriteMode.HISTORY, DeleteMode.HARD);
        rig.append(P0, upsert(0));
        rig.feeder(P0).sink();
        change(rig, CHANGES);
        rig.feeder(P0).sink();
        assertThat(rig.table.rows(true))
                .hasSize(CHANGES + 1)
                .filteredOn(row -> row.contains("_cdc_is_current=true"))
                .singleElement()
                .asString()
                .contains("n=9999", "_cdc_valid_from=9999000");
        assertThat(rig.table.rows(true))
                .anySatisfy(
                        row -> assertThat(row).contains("n=5000 ", "_cdc_valid_from=5000000 _cdc_valid_to=5001000"));
    }

    @Test
    void tenThousandChangesOfAKeyAreAsManyEvents() {
        FeedRig rig = rig(WriteMode.APPEND, DeleteMode.HARD);
        change(rig, CHANGES);
        rig.feeder(P0).sink();
        assertThat(rig.table.rows(true)).hasSize(CHANGES).doesNotHaveDuplicates();
    }

    @Tag("slow")
    @Test
    void aMillionKeysAreDeletedAndInsertedAgain() {
        FeedRig rig = rig(WriteMode.UPSERT, DeleteMode.HARD);
        FeedRig.Feeder feeder = rig.feeder(P0);
        int keys = 1_000_000;
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < keys; i++) {
                rig.append(P0, Documents.upsert("k" + i, version(2 * pass), Operation.CREATE, 0, i));
            }
            feeder.read(Integer.MAX_VALUE).flush();
            if (pass == 0) {
                for (int i = 0; i < keys; i++) {
                    rig.append(P0, Documents.delete("k" + i, version(1)));
                }
                feeder.read(Integer.MAX_VALUE).flush();
                assertThat(rig.table.rows(false)).isEmpty();
            }
        }
        assertThat(rig.table.rows(false)).hasSize(keys).doesNotHaveDuplicates();
    }

    private static SourceVersion version(long millis) {
        return Documents.version(millis, 0);
    }

    private static void change(FeedRig rig, int changes) {
        for (int i = 0; i < changes; i++) {
            rig.append(P0, upsert(i));
        }
    }

    private static Change upsert(int i) {
        Operation operation = i == 0 ? Operation.CREATE : Operation.UPDATE;
        return Documents.upsert("k", version(i), operation, 3 * i / CHANGES, i);
    }

    private FeedRig rig(WriteMode mode, DeleteMode deletes) {
        WritePolicy policy = new WritePolicy(mode, deletes, MergeMode.MERGE_ON_READ);
        return new FeedRig(directory, new TableDesign(policy, List.of(), List.of()), Map.of());
    }
}
