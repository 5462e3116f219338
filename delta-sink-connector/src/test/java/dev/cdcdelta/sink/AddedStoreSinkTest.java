package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.table.storage.StoreInMemory;
import dev.cdcdelta.sink.table.storage.StoreInMemory.Contents;
import dev.cdcdelta.sink.table.storage.StoreInMemory.Fault;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables in stores whose file systems the user brings. */
class AddedStoreSinkTest {
    @TempDir
    Path directory;

    static List<String> containers() {
        return StoreInMemory.containers("sink");
    }

    private SinkRig rig(String container) {
        StoreInMemory.of(container).files.clear();
        return new SinkRig(directory, container + "/tables", StoreInMemory.options(), StoreInMemory.options())
                .with("table.properties.delta.checkpointInterval", "3");
    }

    @ParameterizedTest
    @MethodSource("containers")
    void documentsAreUpsertedAndDeletedOverManyCommitsAndARestart(String container) {
        SinkRig rig = rig(container);
        FakeRuntime task = rig.task(P0);
        for (int n = 1; n <= 7; n++) {
            rig.source.upsert("a", "\"n\":" + n, 2 * n).upsert("b" + n, "\"n\":" + n, 2 * n + 1);
            task.sink();
        }
        rig.source.delete("b1", 20);
        task.sink();
        task.stop();
        rig.source.upsert("b2", "\"n\":20", 21);
        rig.task(P0).sink();

        rig.table.hasRows("a: n=7", "b2: n=20", "b3: n=3", "b4: n=4", "b5: n=5", "b6: n=6", "b7: n=7");
        assertThat(StoreInMemory.of(container).files.keySet())
                .anyMatch(key -> key.endsWith(".checkpoint.parquet"))
                .anyMatch(key -> key.endsWith("_last_checkpoint"))
                .anyMatch(key -> key.contains("deletion_vector"))
                .noneMatch(key -> key.endsWith(".tmp"));
    }

    @ParameterizedTest
    @MethodSource("containers")
    void eachRecordIsThereOnceWhateverStepGoesUnheard(String container) {
        Contents contents = StoreInMemory.of(container);
        for (Fault fault : List.of(Fault.LOST_ACKNOWLEDGEMENT, Fault.REPEATED, Fault.BROKEN)) {
            for (int step = 0; step < 4; step++) {
                SinkRig rig = rig(container)
                        .with("state.dir", directory.resolve(fault + "-" + step).toString());
                FakeRuntime task = rig.task(P0);
                rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"n\":1", 2);
                task.sink();
                rig.source.upsert("a", "\"n\":2", 3).upsert("c", "\"n\":1", 4);
                for (int sound = 0; sound < step; sound++) {
                    contents.faults.add(Fault.NONE);
                }
                contents.faults.add(fault);
                for (int i = 0; i < 3; i++) {
                    task.sink();
                }
                contents.faults.clear();
                task.sink();
                rig.table.hasRows("a: n=2", "b: n=1", "c: n=1");
                assertThat(rig.topics.groupOffsets).containsEntry(P0, 4L);
            }
        }
    }
}
