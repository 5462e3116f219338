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
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that change more often than tables are made for. */
class BusyKeysTest {
    private static final int CHANGES = 10_000;
    private static final int FLUSH = 100_000;

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
        int keys = Integer.getInteger("keys", 1_000_000);
        FeedRig rig = rig(WriteMode.UPSERT, DeleteMode.HARD);
        rig.fill(P0, new InsertedDeletedInserted(keys));
        FeedRig.Feeder feeder = rig.feeder(P0);
        long begin = System.nanoTime();
        read(feeder, keys);
        assertThat(rig.table.rows(false)).hasSize(keys);
        read(feeder, keys);
        assertThat(rig.table.rows(false)).isEmpty();
        read(feeder, keys);
        assertThat(rig.table.rows(false)).hasSize(keys).doesNotHaveDuplicates();
        System.out.printf(
                "busy keys: %d keys inserted, deleted and inserted again in %d versions and %.1f s; table = model%n",
                keys, rig.table.snapshot().version(), (System.nanoTime() - begin) / 1e9);
    }

    /** In flushes of a size that tasks make too. */
    private static void read(FeedRig.Feeder feeder, int changes) {
        for (int left = changes; left > 0; left -= FLUSH) {
            feeder.read(Math.min(left, FLUSH)).flush();
        }
    }

    /** Changes of each key in turn, in three passes; each is made when it is read. */
    private static final class InsertedDeletedInserted extends AbstractList<Change> {
        private final int keys;

        InsertedDeletedInserted(int keys) {
            this.keys = keys;
        }

        @Override
        public Change get(int offset) {
            int pass = offset / keys;
            String id = "k" + offset % keys;
            return pass == 1
                    ? Documents.delete(id, version(pass))
                    : Documents.upsert(id, version(pass), Operation.CREATE, 0, offset % keys);
        }

        @Override
        public int size() {
            return 3 * keys;
        }
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
