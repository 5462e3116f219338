package dev.cdcdelta.admin.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.admin.replay.SinkTable;
import dev.cdcdelta.sink.compact.InstallResult;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that the sink writes, compacted by another process than the sink. */
class UpkeepTest {
    private static final int FILES = 12;

    @TempDir
    Path directory;

    private final List<Map<String, Object>> keys = new ArrayList<>();
    private final List<Map<String, Object>> values = new ArrayList<>();

    private void event(int id, int time) {
        keys.add(Map.of("id", Integer.toString(id)));
        Map<String, Object> envelope = new HashMap<>();
        envelope.put("after", "{\"_id\":" + id + ",\"n\":" + time + "}");
        envelope.put("op", "u");
        envelope.put(
                "source", Map.of("ts_ms", 1_700_000_000_000L + time, "ord", 1, "db", "shop", "collection", "orders"));
        values.add(envelope);
    }

    @Test
    void smallFilesBecomeOneAndTheSinkGoesOnWithTheTable() {
        try (SinkTable sink = new SinkTable(directory.resolve("lake")).with("compaction.enabled", "false");
                DeltaTables tables = new DeltaTables(Map.of())) {
            for (int i = 0; i < FILES; i++) {
                event(i, i);
                sink.fill(keys, values, Math.max(0, i - 1));
            }
            List<String> before = sink.rows();
            DeltaTable table = sink.table();
            assertThat(liveFiles(table)).isGreaterThan(FILES - 2);
            Optimization optimization = new Optimization(tables, 1 << 20);

            assertThat(optimization.plan(table)).isNotEmpty();
            List<InstallResult> results = optimization.run(table);

            assertThat(results).isNotEmpty().allMatch(InstallResult::installed);
            assertThat(liveFiles(table)).isLessThan(FILES / 2);
            assertThat(sink.rows()).containsExactlyInAnyOrderElementsOf(before);
            assertThat(optimization.run(table)).isEmpty();

            // The sink's index knew the rows where they were.
            event(3, 100);
            event(FILES, 101);
            sink.fill(keys, values, FILES - 1);
            List<String> after = sink.rows();
            assertThat(after).hasSize(FILES + 1);
            assertThat(after.stream().filter(row -> row.contains("n=[100]"))).hasSize(1);
        }
    }

    private static long liveFiles(DeltaTable table) {
        return table.refresh().files().values().stream()
                .filter(file -> file.deletedRowCount() < file.rowCount())
                .map(DataFile::path)
                .count();
    }
}
