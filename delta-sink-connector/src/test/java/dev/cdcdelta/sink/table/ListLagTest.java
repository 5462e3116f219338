package dev.cdcdelta.sink.table;

import static dev.cdcdelta.sink.table.Tables.ID_AND_NAME;
import static dev.cdcdelta.sink.table.Tables.append;
import static dev.cdcdelta.sink.table.Tables.column;
import static dev.cdcdelta.sink.table.Tables.row;
import static dev.cdcdelta.sink.table.Tables.rows;
import static dev.cdcdelta.sink.table.Tables.struct;
import static dev.cdcdelta.sink.table.Tables.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.storage.InProcessS3;
import dev.cdcdelta.smt.schema.ScalarType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Listings that are behind what is stored, as stores other than S3 may give them: what a log says is never misread for that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListLagTest {
    private static final ColumnType.Struct WIDER = struct(
            column("_id", ScalarType.INT64), column("name", ScalarType.STRING), column("more", ScalarType.STRING));

    @SuppressWarnings("NullAway.Init")
    private InProcessS3 server;

    @SuppressWarnings("NullAway.Init")
    private DeltaTables tables;

    /** After all retentions. */
    @SuppressWarnings("NullAway.Init")
    private DeltaTables later;

    @SuppressWarnings("NullAway.Init")
    private DeltaTable table;

    private int number;

    @BeforeAll
    void start() throws Exception {
        server = new InProcessS3("lake");
        tables = new DeltaTables(server.options());
        later = new DeltaTables(
                server.options(),
                TableMaintenance.sameThread(),
                FileSizes.DEFAULT,
                Clock.fixed(Instant.now().plus(Duration.ofDays(2)), ZoneOffset.UTC));
    }

    @AfterAll
    void stop() throws Exception {
        tables.close();
        later.close();
        server.close();
    }

    @BeforeEach
    void create() {
        server.listTruly();
        table = tables.create(
                "s3a://lake/table" + number++,
                ID_AND_NAME,
                Map.of("delta.checkpointInterval", "5", "delta.logRetentionDuration", "interval 1 hours"));
    }

    private static void commit(DeltaTable table, long id) throws LostRaceException {
        table.commit(append(table, write(table, ID_AND_NAME, row(id, "x"))));
    }

    private DeltaTable anew() {
        return tables.open(table.location()).orElseThrow();
    }

    private void unlist(long version) {
        server.unlist(key -> key.contains(String.format("/_delta_log/%020d.", version)));
    }

    @Test
    void whoDoesNotSeeTheNewestCommitLosesTheRaceForItsVersionAndGoesOnBehindIt() throws Exception {
        commit(table, 1);
        commit(table, 2);
        unlist(2);
        DeltaTable late = anew();
        assertThat(late.snapshot().version()).as("the listing is behind").isEqualTo(1);

        assertThatThrownBy(() -> commit(late, 3)).isInstanceOf(LostRaceException.class);
        assertThat(late.refresh()).isEqualTo(table.snapshot());
        commit(late, 3);

        server.listTruly();
        assertThat(rows(anew())).extracting(row -> (Object) row.get(0)).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(table.refresh()).isEqualTo(anew().snapshot());
    }

    /** Behind a change of the columns the log is read anew, which takes a listing. */
    @Test
    void readingAnewNeverLeadsBack() throws Exception {
        commit(table, 1);
        DeltaTable other = anew();
        other.commit(
                new TableCommit(WIDER, List.of(write(other, WIDER, row(2L, "x", "y"))), Map.of(), Map.of("o", 7L)));
        TableSnapshot before = table.snapshot();
        server.unlist(key -> key.matches(".*/_delta_log/0*[12]\\..*"));

        assertThatThrownBy(() -> table.refresh())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(table.location());
        assertThat(table.snapshot()).isEqualTo(before);

        unlist(2);
        assertThatThrownBy(() -> table.refresh()).isInstanceOf(StorageException.class);
        assertThat(table.snapshot()).isEqualTo(before);

        server.listTruly();
        assertThat(table.refresh()).isEqualTo(other.snapshot());
    }

    @Test
    void aListingWithAGapIsNotReadAsALog() throws Exception {
        commit(table, 1);
        commit(table, 2);
        commit(table, 3);
        unlist(2);

        assertThatThrownBy(this::anew).isInstanceOf(ConnectException.class).hasMessageContaining(table.location());

        server.listTruly();
        assertThat(anew().snapshot()).isEqualTo(table.snapshot());
    }

    @Test
    void aTableThatIsNotListedYetIsNotCreatedAgain() throws Exception {
        commit(table, 1);
        server.unlist(key -> true);
        assertThat(tables.open(table.location())).isEmpty();

        assertThatThrownBy(() -> tables.create(table.location(), ID_AND_NAME, Map.of()))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(table.location());

        server.listTruly();
        assertThat(anew().snapshot()).isEqualTo(table.snapshot());
    }

    @Test
    void commitsThatHaveExpiredButAreListedStillAreNotMissed() throws Exception {
        for (long id = 1; id <= 7; id++) {
            commit(table, id);
        }
        String log = table.location().replace("s3a://lake/", "") + "/_delta_log/";
        for (long version = 0; version < 5; version++) {
            server.deleteUnnoticed("lake", log + String.format("%020d.json", version));
        }

        DeltaTable reopened = anew();

        assertThat(reopened.snapshot()).isEqualTo(table.snapshot());
        assertThat(rows(reopened)).hasSize(7);
        commit(reopened, 8);
        assertThat(table.refresh()).isEqualTo(reopened.snapshot());
        assertThat(table.history(20)).hasSize(4);
    }

    @Test
    void aCheckpointThatIsNotListedYetIsNotMissed() throws Exception {
        for (long id = 1; id <= 7; id++) {
            commit(table, id);
        }
        server.unlist(key -> key.endsWith(".checkpoint.parquet"));

        assertThat(anew().snapshot()).isEqualTo(table.snapshot());
    }

    @Test
    void aCheckpointThatIsNotListedYetWhenItsCommitsHaveExpiredIsAClearError() throws Exception {
        DeltaTable busy = later.open(table.location()).orElseThrow();
        for (long id = 1; id <= 7; id++) {
            commit(busy, id);
        }
        server.unlist(key -> key.endsWith(".checkpoint.parquet"));

        assertThatThrownBy(this::anew).isInstanceOf(ConnectException.class).hasMessageContaining(table.location());

        server.listTruly();
        assertThat(anew().snapshot()).isEqualTo(busy.snapshot());
    }

    /** The file is named by the newest commit alone, and is old. */
    @Test
    void vacuumFindsNothingInALogThatItDoesNotSeeToItsEnd() throws Exception {
        DataFile file = write(table, ID_AND_NAME, row(1L, "x"));
        commit(table, 2);
        table.commit(append(table, file));
        unlist(2);

        DeltaTable vacuumed = later.open(table.location()).orElseThrow();
        vacuumed.refresh();
        assertThatThrownBy(
                        () -> vacuumed.unreferencedFiles(Instant.now().plus(Duration.ofDays(20)), Duration.ofDays(7)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(table.location());
    }
}
