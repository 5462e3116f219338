package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** A sink in a JVM of its own, with its own trust store and log: upserts and deletes, over a task's restart. */
final class GuardedStoreProgram {
    static final String DONE = "the table is as written";

    private GuardedStoreProgram() {}

    /** @param args a directory, a warehouse, and Hadoop's options as {@code name=value} */
    public static void main(String[] args) {
        Map<String, String> options = Arrays.stream(args)
                .skip(2)
                .collect(Collectors.toMap(arg -> arg.replaceFirst("=.*", ""), arg -> arg.replaceFirst("[^=]*=", "")));
        SinkRig rig = new SinkRig(Path.of(args[0]), args[1], options, options);
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"n\":1", 2);
        task.sink();
        rig.source.upsert("a", "\"n\":2", 3).delete("b", 4);
        task.sink();
        task.stop();
        rig.source.upsert("c", "\"n\":3", 5);
        rig.task(P0).sink();
        rig.table.hasRows("a: n=2", "c: n=3");
        System.out.println(DONE);
        // Clients may have left threads behind.
        System.exit(0);
    }
}
