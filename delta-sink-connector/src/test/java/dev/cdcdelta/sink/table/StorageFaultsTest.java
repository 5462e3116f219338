package dev.cdcdelta.sink.table;

import static dev.cdcdelta.sink.table.Tables.ID_AND_NAME;
import static dev.cdcdelta.sink.table.Tables.append;
import static dev.cdcdelta.sink.table.Tables.delete;
import static dev.cdcdelta.sink.table.Tables.row;
import static dev.cdcdelta.sink.table.Tables.rows;
import static dev.cdcdelta.sink.table.Tables.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.table.storage.InProcessS3;
import dev.cdcdelta.sink.table.storage.InProcessS3.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.connect.errors.ConnectException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Afterwards the table is what the caller was told, and what may pass is told from what will not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StorageFaultsTest {
    private static final Fault[] FOR_LONG = Collections.nCopies(40, Fault.BUSY).toArray(new Fault[0]);

    @SuppressWarnings("NullAway.Init")
    private InProcessS3 server;

    @SuppressWarnings("NullAway.Init")
    private DeltaTables tables;

    @SuppressWarnings("NullAway.Init")
    private DeltaTable table;

    private int number;

    @BeforeAll
    void start() throws Exception {
        server = new InProcessS3("lake");
        Map<String, String> options = new HashMap<>(server.options());
        options.put("fs.s3a.attempts.maximum", "2");
        options.put("fs.s3a.retry.limit", "1");
        options.put("fs.s3a.retry.interval", "10ms");
        options.put("fs.s3a.retry.throttle.limit", "1");
        options.put("fs.s3a.retry.throttle.interval", "10ms");
        tables = new DeltaTables(options);
    }

    @BeforeEach
    void create() {
        server.failNextPuts();
        table = tables.create("s3a://lake/table" + number++, ID_AND_NAME, Map.of());
    }

    @AfterAll
    void stop() throws Exception {
        tables.close();
        server.close();
    }

    private void expectTheTableHolds(Object... ids) {
        server.failNextPuts();
        DeltaTable anew = tables.open(table.location()).orElseThrow();
        assertThat(anew.snapshot()).isEqualTo(table.refresh());
        assertThat(rows(anew)).extracting(row -> (Object) row.get(0)).containsExactlyInAnyOrder(ids);
    }

    @Test
    void aBusyServerIsAFailureThatMayPassAndTheSameCommitGoesThroughLater() throws Exception {
        DataFile file = write(table, ID_AND_NAME, row(1L, "a"));
        server.failNextPuts(FOR_LONG);

        assertThatThrownBy(() -> table.commit(append(table, file)))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.settled()).isTrue());

        server.failNextPuts();
        table.commit(append(table, file));
        expectTheTableHolds(1L);
    }

    @Test
    void aDataFileThatTheServerIsTooBusyForIsAFailureThatMayPass() {
        server.failNextPuts(FOR_LONG);

        assertThatThrownBy(() -> write(table, ID_AND_NAME, row(1L, "a"))).isInstanceOf(StorageException.class);

        expectTheTableHolds();
    }

    @Test
    void aRightThatIsTakenAwayWillNotPass() {
        DataFile file = write(table, ID_AND_NAME, row(1L, "a"));
        server.failNextPuts(Fault.DENIED, Fault.DENIED, Fault.DENIED);

        assertThatThrownBy(() -> table.commit(append(table, file)))
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(StorageException.class)
                .hasMessageContaining(table.location());

        table.discard(file);
        expectTheTableHolds();
    }

    @Test
    void aRightToWriteFilesThatIsTakenAwayWillNotPass() throws Exception {
        DataFile file = write(table, ID_AND_NAME, row(1L, "a"), row(2L, "b"));
        table.commit(append(table, file));
        server.failNextPuts(Fault.DENIED, Fault.DENIED, Fault.DENIED);
        assertThatThrownBy(() -> write(table, ID_AND_NAME, row(3L, "c")))
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(StorageException.class)
                .hasMessageContaining(table.location());

        server.failNextPuts(Fault.DENIED, Fault.DENIED, Fault.DENIED);
        assertThatThrownBy(() -> table.commit(delete(table, file, 0)))
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(StorageException.class)
                .hasMessageContaining(table.location());

        expectTheTableHolds(1L, 2L);
    }

    @Test
    void aBurstOfRefusedReadsIsAFailureThatMayPass() throws Exception {
        DeltaTable other = tables.open(table.location()).orElseThrow();
        other.commit(append(other, write(other, ID_AND_NAME, row(1L, "a"))));
        server.failNextReads(40);

        assertThatThrownBy(() -> table.refresh()).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> tables.open(table.location())).isInstanceOf(StorageException.class);

        server.failNextReads(0);
        expectTheTableHolds(1L);
    }

    @Test
    void aStoredCommitWhoseAnswerIsLostIsWonEvenWhileReadingFailsForAMoment() throws Exception {
        DataFile file = write(table, ID_AND_NAME, row(1L, "a"));
        server.failNextPuts(Fault.LOST_ACKNOWLEDGEMENT, Fault.BUSY, Fault.BUSY, Fault.BUSY, Fault.BUSY);
        server.failNextReads(3);

        table.commit(append(table, file));

        expectTheTableHolds(1L);
    }

    @Test
    void theVectorsOfALostRaceAreDeleted() throws Exception {
        DataFile file = write(table, ID_AND_NAME, row(1L, "a"), row(2L, "b"));
        table.commit(append(table, file));
        DeltaTable rival = tables.open(table.location()).orElseThrow();
        rival.commit(delete(rival, file, 0));
        server.requests.clear();

        assertThatThrownBy(() -> table.commit(delete(table, file, 1))).isInstanceOf(LostRaceException.class);

        String stored = server.requests.stream()
                .filter(request -> request.startsWith("PUT") && request.endsWith(".bin"))
                .findFirst()
                .orElseThrow();
        assertThat(server.requests).contains(stored.replace("PUT", "DELETE"));
        expectTheTableHolds(2L);
    }

    @Test
    void aTableThatTheServerIsTooBusyToCreateIsAFailureThatMayPass() {
        String location = "s3a://lake/new" + number++;
        server.failNextPuts(FOR_LONG);

        assertThatThrownBy(() -> tables.create(location, ID_AND_NAME, Map.of()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(location);

        server.failNextPuts();
        assertThat(tables.create(location, ID_AND_NAME, Map.of()).snapshot().version())
                .isZero();
    }

    @Test
    void aTableThatMayNotBeCreatedWillNotBeLater() {
        String location = "s3a://lake/new" + number++;
        server.failNextPuts(Fault.DENIED, Fault.DENIED, Fault.DENIED);

        assertThatThrownBy(() -> tables.create(location, ID_AND_NAME, Map.of()))
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(StorageException.class)
                .hasMessageContaining(location);
    }

    @Test
    void aConflictOfRequestsForACommitIsTriedAgain() throws Exception {
        DataFile file = write(table, ID_AND_NAME, row(1L, "a"));
        server.failNextPuts(Fault.CONFLICT, Fault.CONFLICT);

        table.commit(append(table, file));

        expectTheTableHolds(1L);
        assertThat(table.snapshot().version()).isEqualTo(1);
    }

    @Test
    void aBucketThatGoesAwayWillNotComeBackByWaiting() throws Exception {
        server.createBucket("doomed");
        DeltaTable lost = tables.create("s3a://doomed/table", ID_AND_NAME, Map.of());
        DataFile file = write(lost, ID_AND_NAME, row(1L, "a"));
        lost.commit(append(lost, file));
        DataFile next = write(lost, ID_AND_NAME, row(2L, "b"));
        server.removeBucket("doomed");

        // The version below is not there any more, as in a table that was dropped.
        assertThatThrownBy(() -> lost.commit(append(lost, next))).isInstanceOf(LostRaceException.class);
        for (ThrowingCallable attempt : List.<ThrowingCallable>of(
                lost::refresh,
                () -> write(lost, ID_AND_NAME, row(3L, "c")),
                () -> tables.create("s3a://doomed/another", ID_AND_NAME, Map.of()))) {
            assertThatThrownBy(attempt)
                    .isInstanceOf(ConnectException.class)
                    .isNotInstanceOf(StorageException.class)
                    .hasMessageContaining("s3a://doomed/");
        }
    }

    @Test
    void underRandomFaultsTheTableIsTheModel() {
        long seed = 42;
        Random random = new Random(seed);
        TreeSet<Long> model = new TreeSet<>();
        for (long id = 0; id < 8; id++) {
            List<Fault> faults = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                faults.add(Fault.values()[random.nextInt(Fault.values().length)]);
            }
            server.failNextPuts(faults.toArray(new Fault[0]));
            server.failNextReads(random.nextInt(3));
            long offset = id;
            try {
                DataFile file = write(table, ID_AND_NAME, row(id, "x"));
                table.commit(new TableCommit(ID_AND_NAME, List.of(file), Map.of(), Map.of("o", id)));
                model.add(id);
            } catch (ConnectException | LostRaceException e) {
                server.failNextPuts();
                server.failNextReads(0);
                if (table.refresh().transactions().getOrDefault("o", -1L) == offset) {
                    model.add(id);
                }
            }
        }
        server.failNextReads(0);
        expectTheTableHolds(model.toArray());
        assertThat(model).as("seed %s", seed).isNotEmpty();
    }
}
