package dev.cdcdelta.sink.table;

import static dev.cdcdelta.sink.table.Tables.ID_AND_NAME;
import static dev.cdcdelta.sink.table.Tables.append;
import static dev.cdcdelta.sink.table.Tables.delete;
import static dev.cdcdelta.sink.table.Tables.live;
import static dev.cdcdelta.sink.table.Tables.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another writer's file has three rows, of which its statistics state two. */
class UnderstatedRowsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final DeltaTables tables = new DeltaTables(Map.of());

    @AfterEach
    void end() {
        tables.close();
    }

    private DeltaTable understated(Map<String, String> tags) throws Exception {
        String location = "file://" + directory;
        DeltaTable table = tables.create(location, ID_AND_NAME, Map.of());
        DataFile file;
        try (DataFileWriter writer = table.writer(ID_AND_NAME, tags)) {
            writer.write(row(1L, "a"));
            writer.write(row(2L, "b"));
            writer.write(row(3L, "c"));
            file = writer.finish();
        }
        table.commit(append(table, file));
        state("numRecords\\\":3", "numRecords\\\":2");
        return tables.open(location).orElseThrow();
    }

    private void state(String before, String after) throws IOException {
        Path commit = directory.resolve("_delta_log/00000000000000000001.json");
        String text = Files.readString(commit);
        assertThat(text).contains(before);
        Files.writeString(commit, text.replace(before, after));
    }

    private static DataFile only(DeltaTable table) {
        return table.snapshot().files().values().iterator().next();
    }

    @Test
    void aRowBeyondThemDiesAndTheRightNumberIsStatedWithTheVector() throws Exception {
        DeltaTable table = understated(Map.of());
        DataFile file = only(table);
        table.commit(delete(table, file, 2));
        assertThat(live(table, file).rowCount()).isEqualTo(3);
        assertThat(Tables.rows(table)).containsExactly(List.of(1L, "a"), List.of(2L, "b"));
        DeltaTable reopened = tables.open(table.location()).orElseThrow();
        assertThat(live(reopened, file).rowCount()).isEqualTo(3);
        assertThat(reopened.snapshot()).isEqualTo(table.snapshot());
        reopened.commit(delete(reopened, file, 0, 1));
        assertThat(reopened.snapshot().files()).isEmpty();
    }

    @Test
    void theFileDoesNotGoBeforeItsLastRow() throws Exception {
        DeltaTable table = understated(Map.of());
        table.commit(delete(table, only(table), 0, 1));
        assertThat(Tables.rows(table)).containsExactly(List.of(3L, "c"));
        table.commit(delete(table, only(table), 2));
        assertThat(table.snapshot().files()).isEmpty();
    }

    @Test
    void aPositionThatTheFileDoesNotHaveIsRefused() throws Exception {
        DeltaTable table = understated(Map.of());
        assertThatThrownBy(() -> table.commit(delete(table, only(table), 3)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("beyond the 3 rows");
    }

    @Test
    void ofAFileOfOursTheLogIsRight() throws Exception {
        DeltaTable table = understated(Map.of("cdcdelta.topic", "t", "cdcdelta.partition", "0"));
        assertThatThrownBy(() -> table.commit(delete(table, only(table), 2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("beyond the 2 rows");
    }

    @Test
    void aFileWithoutStatisticsIsCountedWhenItIsRead() throws Exception {
        DeltaTable table = understated(Map.of());
        state("numRecords", "numbers");
        DeltaTable reopened = tables.open(table.location()).orElseThrow();
        assertThat(only(reopened).rowCount()).isEqualTo(3);
        reopened.commit(delete(reopened, only(reopened), 0, 1, 2));
        assertThat(reopened.snapshot().files()).isEmpty();
    }
}
