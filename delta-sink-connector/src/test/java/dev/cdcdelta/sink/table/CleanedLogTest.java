package dev.cdcdelta.sink.table;

import static dev.cdcdelta.sink.table.Tables.ID_AND_NAME;
import static dev.cdcdelta.sink.table.Tables.append;
import static dev.cdcdelta.sink.table.Tables.row;
import static dev.cdcdelta.sink.table.Tables.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.TestClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that was idle for so long that the commits of others have expired since: their versions are taken, and their files are gone. */
class CleanedLogTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private Duration later = Duration.ZERO;

    private Clock clock() {
        return TestClock.of(() -> Instant.now().plus(later));
    }

    @Test
    void aCommitOnTopOfAnOldVersionGoesWhereReadersSeeIt() throws Exception {
        String location = "file://" + directory + "/table";
        try (DeltaTables tables =
                new DeltaTables(Map.of(), TableMaintenance.sameThread(), FileSizes.DEFAULT, clock())) {
            DeltaTable busy = tables.create(
                    location,
                    ID_AND_NAME,
                    Map.of("delta.checkpointInterval", "5", "delta.logRetentionDuration", "interval 1 hours"));
            DeltaTable idle = tables.open(location).orElseThrow();
            later = Duration.ofDays(2);
            for (long id = 1; id <= 12; id++) {
                busy.commit(append(busy, write(busy, ID_AND_NAME, row(id, "busy"))));
            }
            assertThat(directory.resolve("table/_delta_log/00000000000000000001.json"))
                    .doesNotExist();

            idle.refreshIfOld();
            idle.commit(append(idle, write(idle, ID_AND_NAME, row(13L, "idle"))));

            DeltaTable anew = tables.open(location).orElseThrow();
            assertThat(Tables.rows(anew)).hasSize(13).contains(List.of(13L, "idle"));
            assertThat(busy.refresh()).isEqualTo(idle.snapshot());
        }
    }
}
