package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.table.storage.BrokenWire;
import dev.cdcdelta.sink.table.storage.BrokenWire.Break;
import dev.cdcdelta.sink.table.storage.S3UnderTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks on the S3 server that the environment names ({@link S3UnderTest}), over a network that breaks here and there. */
@Tag("slow")
class S3ServerSinkTest {
    private static final List<Break> BREAKS = List.of(
            new Break.ResetUpload(0),
            new Break.ResetUpload(50),
            new Break.ResetAnswer(),
            new Break.CutAnswer(183),
            new Break.CutAnswer(900));

    @TempDir
    Path directory;

    @Test
    void overARandomlyBreakingNetworkTheTableIsTheModel() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Map<String, String> model = new TreeMap<>();
        int breaks = 0;
        try (S3UnderTest server = S3UnderTest.ofEnvironment();
                BrokenWire wire = new BrokenWire(server.options())) {
            SinkRig rig = new SinkRig(
                            directory, server.location("warehouse"), wire.options(server.options()), server.options())
                    .with("compaction.interval.ms", "1000")
                    .with("compaction.target.file.bytes", "16384")
                    .with("commit.retry.timeout.ms", "86400000");
            TopicPartition[] partitions = {P0, P1};
            FakeRuntime[] tasks = {rig.task(P0), rig.task(P1)};
            for (int round = 1; round <= 80; round++) {
                change(rig, random, model, round);
                if (random.nextInt(2) == 0) {
                    int method = random.nextInt(3);
                    wire.breakNext(
                            1 + random.nextInt(4),
                            request -> request.startsWith(method == 0 ? "GET" : "PUT"),
                            BREAKS.get(random.nextInt(BREAKS.size())));
                }
                int which = random.nextInt(2);
                tasks[which].sink();
                breaks += wire.breaks();
                wire.mend();
                if (random.nextInt(8) == 0) {
                    tasks[which] = rig.task(partitions[which]);
                }
            }
            for (FakeRuntime task : tasks) {
                task.sink();
                task.sink();
            }
            List<String> expected = new ArrayList<>();
            model.forEach((id, fields) -> expected.add(id + ":" + fields));
            assertThat(rig.table.rows(false)).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(expected);
        }
        assertThat(breaks).as("seed %s, requests that broke", seed).isGreaterThan(20);
    }

    private static void change(SinkRig rig, Random random, Map<String, String> model, int round) {
        for (int i = random.nextInt(8); i >= 0; i--) {
            int number = random.nextInt(40);
            String id = "k" + number;
            Source source = rig.source(number % 2 == 0 ? P0 : P1);
            long version = round * 100L - i;
            if (random.nextInt(4) == 0) {
                source.delete(id, version);
                model.remove(id);
            } else {
                source.upsert(id, "\"n\":" + version, version);
                model.put(id, " n=" + version);
            }
        }
    }
}
