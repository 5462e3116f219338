package dev.cdcdelta.sink.table;

import static dev.cdcdelta.sink.table.Tables.ID_AND_NAME;
import static dev.cdcdelta.sink.table.Tables.append;
import static dev.cdcdelta.sink.table.Tables.offsets;
import static dev.cdcdelta.sink.table.Tables.row;
import static dev.cdcdelta.sink.table.Tables.rows;
import static dev.cdcdelta.sink.table.Tables.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cdcdelta.sink.table.storage.BrokenWire;
import dev.cdcdelta.sink.table.storage.BrokenWire.Break;
import dev.cdcdelta.sink.table.storage.InProcessS3;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.hadoop.fs.s3a.impl.AWSClientConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Connections that break, hang or crawl. Whoever writes again what failed, as the sink does, has each row once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenConnectionsTest {
    @SuppressWarnings("NullAway.Init")
    private InProcessS3 server;

    @SuppressWarnings("NullAway.Init")
    private BrokenWire wire;

    @SuppressWarnings("NullAway.Init")
    private DeltaTables tables;

    /** As {@link #tables}, but does not wait long for an answer. */
    @SuppressWarnings("NullAway.Init")
    private DeltaTables impatient;

    /** Another writer, whose network is sound. */
    @SuppressWarnings("NullAway.Init")
    private DeltaTables sound;

    @SuppressWarnings("NullAway.Init")
    private DeltaTable table;

    @SuppressWarnings("NullAway.Init")
    private DataFile old;

    private int number;

    @BeforeAll
    void start() throws Exception {
        // Hadoop lets nobody wait less than 15 seconds.
        AWSClientConfig.setMinimumOperationDuration(Duration.ZERO);
        server = new InProcessS3("lake");
        wire = new BrokenWire(server.options());
        tables = new DeltaTables(wire.options(server.options()));
        Map<String, String> options = new HashMap<>(wire.options(server.options()));
        options.put("fs.s3a.connection.timeout", "1s");
        options.put("fs.s3a.attempts.maximum", "1");
        impatient = new DeltaTables(options);
        sound = new DeltaTables(server.options());
    }

    @AfterAll
    void stop() throws Exception {
        tables.close();
        impatient.close();
        sound.close();
        wire.close();
        server.close();
        AWSClientConfig.resetMinimumOperationDuration();
    }

    /** Version 1, with the rows 1 and 2. */
    @BeforeEach
    void create() throws LostRaceException {
        wire.mend();
        table = tables.create("s3a://lake/table" + number++, ID_AND_NAME, Map.of());
        old = write(table, ID_AND_NAME, row(1L, "a"), row(2L, "b"));
        table.commit(append(table, old));
    }

    private static Predicate<String> upload(String ending) {
        return request -> request.startsWith("PUT ") && request.endsWith(ending);
    }

    private static Predicate<String> commit(long version) {
        return upload(String.format("%020d.json", version));
    }

    /** Row 1 is replaced by a row 3. */
    private static void upsert(DeltaTable table, DataFile old) throws LostRaceException {
        DataFile added = write(table, ID_AND_NAME, row(3L, "c"));
        table.commit(new TableCommit(
                ID_AND_NAME, List.of(added), Map.of(old.path(), Roaring64Bitmap.bitmapOf(0)), Map.of("o", 1L)));
    }

    /** As the sink goes on after a failure: what the table records says whether there is anything left to write. */
    private void upsertUnlessRecorded() throws LostRaceException {
        if (!table.refresh().transactions().containsKey("o")) {
            upsert(table, old);
        }
    }

    private void expectTheUpsertOnce() {
        wire.mend();
        DeltaTable anew = sound.open(table.location()).orElseThrow();
        assertThat(rows(anew)).containsExactlyInAnyOrder(List.of(2L, "b"), List.of(3L, "c"));
        assertThat(table.refresh()).isEqualTo(anew.snapshot());
    }

    @ParameterizedTest
    @ValueSource(strings = {".parquet", ".bin", ".json"})
    void anUploadThatIsResetOnceIsRepeatedByTheClient(String ending) throws LostRaceException {
        wire.breakNext(1, upload(ending), new Break.ResetUpload(20));

        upsert(table, old);

        assertThat(wire.breaks()).isEqualTo(1);
        expectTheUpsertOnce();
        assertThat(table.snapshot().version()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {".parquet", ".bin", ".json"})
    void anUploadThatIsResetTimeAndAgainIsAFailureThatMayPass(String ending) throws LostRaceException {
        wire.breakNext(BrokenWire.ALWAYS, upload(ending), new Break.ResetUpload(20));

        assertThatThrownBy(() -> upsert(table, old))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(table.location());

        wire.mend();
        assertThat(table.refresh().version()).isEqualTo(1);
        upsertUnlessRecorded();
        expectTheUpsertOnce();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, BrokenWire.ALWAYS})
    void aCommitWhoseAnswersAreResetIsInTheTableOnce(int times) throws LostRaceException {
        wire.breakNext(times, commit(2), new Break.ResetAnswer());

        upsert(table, old);

        assertThat(wire.breaks()).isPositive();
        expectTheUpsertOnce();
        assertThat(table.snapshot().version()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {".parquet", ".bin", ".json"})
    void anUploadThatHangsIsGivenUpAfterTheTimeOut(String ending) throws LostRaceException {
        table = impatient.open(table.location()).orElseThrow();
        wire.breakNext(BrokenWire.ALWAYS, upload(ending), new Break.Hang());

        assertThatThrownBy(() -> upsert(table, old)).isInstanceOf(StorageException.class);

        wire.mend();
        upsertUnlessRecorded();
        expectTheUpsertOnce();
    }

    @Test
    void aCommitThatArrivesWhenItsWriterHasGivenItUpIsNotMadeTwice() throws Exception {
        table = impatient.open(table.location()).orElseThrow();
        wire.breakNext(BrokenWire.ALWAYS, commit(2), new Break.Late());
        StorageException failure = catchThrowableOfType(StorageException.class, () -> upsert(table, old));
        assertThat(failure.settled()).as("nobody knows yet").isFalse();
        assertThat(table.refresh().version()).isEqualTo(1);
        wire.mend();

        assertThat(wire.deliver()).startsWith("HTTP/1.1 200");

        upsertUnlessRecorded();
        expectTheUpsertOnce();
        assertThat(table.snapshot().version()).isEqualTo(2);
    }

    @Test
    void aCommitThatArrivesWhenItsVersionIsTakenDoesNothing() throws Exception {
        table = impatient.open(table.location()).orElseThrow();
        wire.breakNext(BrokenWire.ALWAYS, commit(2), new Break.Late());
        assertThatThrownBy(() -> upsert(table, old)).isInstanceOf(StorageException.class);
        wire.mend();
        upsertUnlessRecorded();

        assertThat(wire.deliver()).startsWith("HTTP/1.1 412");

        expectTheUpsertOnce();
        assertThat(table.snapshot().version()).isEqualTo(2);
    }

    @Test
    void aSlowServerIsReadToTheEnd() throws LostRaceException {
        upsert(table, old);
        wire.breakNext(BrokenWire.ALWAYS, request -> request.startsWith("GET "), new Break.Slow(256, 5));

        DeltaTable slow = tables.open(table.location()).orElseThrow();

        assertThat(slow.snapshot()).isEqualTo(table.snapshot());
        assertThat(rows(slow)).containsExactlyInAnyOrder(List.of(2L, "b"), List.of(3L, "c"));
    }

    /** Cut within the head of the answer and within the lines of the commit. */
    @Test
    void aCommitOfAnotherThatIsReadInPartIsNeverTakenForTheWhole() throws LostRaceException {
        List<DeltaTable> readers = new ArrayList<>();
        for (int bytes = 0; bytes < 2_000; bytes += 61) {
            readers.add(tables.open(table.location()).orElseThrow());
        }
        upsert(table, old);
        int failures = 0;
        for (int i = 0; i < readers.size(); i++) {
            DeltaTable reader = readers.get(i);
            wire.mend();
            wire.breakNext(1, readOf(2), new Break.CutAnswer(61 * i));
            try {
                reader.refresh();
            } catch (StorageException cut) {
                failures++;
                assertThat(reader.snapshot().version()).isEqualTo(1);
                reader.refresh();
            }
            assertThat(wire.breaks()).isEqualTo(1);
            assertThat(reader.snapshot()).as("cut after %s bytes", 61 * i).isEqualTo(table.snapshot());
        }
        assertThat(failures)
                .as("all but some cuts within the head are mended unseen")
                .isLessThan(readers.size() / 2);
        expectTheUpsertOnce();
    }

    /** The files of a commit that is wrongly taken for another's would be deleted. */
    @Test
    void aCommitThatIsReadBackInPartIsStillOurs() throws LostRaceException {
        table.commit(append(table, write(table, ID_AND_NAME, row(4L, "d"))));
        for (int bytes = 0; bytes < 700; bytes += 61) {
            long version = table.snapshot().version() + 1;
            wire.mend();
            wire.breakNext(1, commit(version), new Break.ResetAnswer());
            wire.breakNext(1, readOf(version), new Break.CutAnswer(bytes));

            table.commit(offsets(table, Map.of("p", version)));

            assertThat(wire.breaks()).isEqualTo(2);
            assertThat(table.snapshot().version())
                    .as("cut after %s bytes", bytes)
                    .isEqualTo(version);
        }
        wire.mend();
        assertThat(table.refresh())
                .isEqualTo(sound.open(table.location()).orElseThrow().snapshot());
    }

    @ParameterizedTest
    @ValueSource(strings = {".parquet", ".bin"})
    void aFileThatIsReadInPartIsNeverTakenForTheWhole(String ending) throws LostRaceException {
        upsert(table, old);
        int failures = 0;
        for (int bytes = 0; bytes < 1_000; bytes += 61) {
            DeltaTable reader = tables.open(table.location()).orElseThrow();
            wire.mend();
            wire.breakNext(
                    1, request -> request.startsWith("GET ") && request.endsWith(ending), new Break.CutAnswer(bytes));
            try {
                assertThat(rows(reader))
                        .as("cut after %s bytes", bytes)
                        .containsExactlyInAnyOrder(List.of(2L, "b"), List.of(3L, "c"));
            } catch (StorageException cut) {
                failures++;
            }
            assertThat(wire.breaks()).isEqualTo(1);
        }
        assertThat(failures).as("most cuts are mended unseen").isLessThan(10);
        expectTheUpsertOnce();
    }

    private static Predicate<String> readOf(long version) {
        String file = String.format("%020d.json", version);
        return request -> request.startsWith("GET ") && request.endsWith(file);
    }

    @Test
    void aLogThatIsNeverAnsweredInFullIsAFailureThatMayPass() throws LostRaceException {
        DeltaTable other = sound.open(table.location()).orElseThrow();
        upsert(other, old);
        wire.breakNext(BrokenWire.ALWAYS, readOf(2), new Break.CutAnswer(100));

        assertThatThrownBy(() -> table.refresh()).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> tables.open(table.location())).isInstanceOf(StorageException.class);

        assertThat(table.snapshot().version()).isEqualTo(1);
        expectTheUpsertOnce();
    }

    @Test
    void aReadThatHangsIsGivenUpAfterTheTimeOut() throws LostRaceException {
        table = impatient.open(table.location()).orElseThrow();
        wire.breakNext(BrokenWire.ALWAYS, request -> request.startsWith("GET "), new Break.Hang());

        assertThatThrownBy(() -> upsert(table, old)).isInstanceOf(StorageException.class);

        wire.mend();
        upsertUnlessRecorded();
        expectTheUpsertOnce();
    }
}
