package dev.cdcdelta.bench.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of every write mode, read by everybody else and compared row by row. Fetches Python packages. */
@Tag("slow")
class ForeignReadersIT {
    private static final Map<String, Map<String, String>> TABLES = Map.of(
            "upsert", Map.of(),
            "soft", Map.of("delete.mode", "soft"),
            "copied", Map.of("merge.mode", "copy-on-write"),
            "append", Map.of("write.mode", "append"),
            "history", Map.of("write.mode", "history"),
            "partitioned", Map.of("table.partition.by", "color"),
            "clustered", Map.of("table.cluster.by", "_id"),
            "feed", Map.of("table.properties.delta.enableChangeDataFeed", "true"));

    @TempDir
    Path directory;

    @Test
    void sparkDeltaRsAndDuckDbReadTheSameRows() throws Exception {
        ShopSink sink = new ShopSink(directory.resolve("warehouse"));
        List<String> tables = new ArrayList<>();
        Shop shop = new Shop(31, 14, false);
        TABLES.forEach(
                (name, settings) -> tables.add(sink.write(name, shop, settings).toString()));

        assertThat(compare(tables))
                .as("exit status of foreign-readers, whose differences are above")
                .isZero();
    }

    /** delta-rs refuses the table feature typeWidening. */
    @Test
    void sparkAndDuckDbReadTheSameRowsAfterAColumnWidened() throws Exception {
        Path table = new ShopSink(directory.resolve("warehouse")).write("widened", new Shop(31, 14, true), Map.of());

        assertThat(compare(List.of("--without", "deltaRs", table.toString()))).isZero();
        assertThat(compare(List.of("--without", "spark", table.toString())))
                .as("delta-rs reads widened tables too: say so in the table of readers")
                .isEqualTo(1);
    }

    private static int compare(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("./foreign-readers"));
        command.addAll(arguments);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
