package dev.cdcdelta.sink.table;

import static dev.cdcdelta.sink.table.Tables.ID_AND_NAME;
import static dev.cdcdelta.sink.table.Tables.append;
import static dev.cdcdelta.sink.table.Tables.delete;
import static dev.cdcdelta.sink.table.Tables.row;
import static dev.cdcdelta.sink.table.Tables.rows;
import static dev.cdcdelta.sink.table.Tables.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.table.storage.BrokenWire;
import dev.cdcdelta.sink.table.storage.BrokenWire.Break;
import dev.cdcdelta.sink.table.storage.NewFile;
import dev.cdcdelta.sink.table.storage.S3UnderTest;
import dev.cdcdelta.sink.table.storage.WarehouseFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sink takes of an S3 server for granted, held against the one that the environment names: see {@link S3UnderTest}. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3ServerTest {
    private static final int THREADS = 32;

    @SuppressWarnings("NullAway.Init")
    private S3UnderTest server;

    @SuppressWarnings("NullAway.Init")
    private WarehouseFiles files;

    @SuppressWarnings("NullAway.Init")
    private DeltaTables tables;

    @BeforeAll
    void start() throws Exception {
        server = S3UnderTest.ofEnvironment();
        files = server.files();
        tables = new DeltaTables(server.options());
    }

    @AfterAll
    void stop() throws Exception {
        tables.close();
        files.close();
        server.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String read(String path) throws IOException {
        try (InputStream in = files.newInputFile(path, -1).newStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void itPassesTheProbe() {
        assertThatCode(() -> tables.probe(server.location("probed"))).doesNotThrowAnyException();
    }

    @Test
    void oneOfManyThreadsWinsAKey() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < 60; round++) {
                String path = server.location("race/" + round + ".json");
                CyclicBarrier start = new CyclicBarrier(THREADS);
                List<Callable<Boolean>> writers = new ArrayList<>();
                for (int writer = 0; writer < THREADS; writer++) {
                    byte[] text = bytes("writer " + writer);
                    writers.add(() -> {
                        start.await();
                        return wins(path, text);
                    });
                }
                List<Future<Boolean>> outcomes = threads.invokeAll(writers);
                List<String> winners = new ArrayList<>();
                for (int writer = 0; writer < THREADS; writer++) {
                    if (outcomes.get(writer).get()) {
                        winners.add("writer " + writer);
                    }
                }
                assertThat(winners).as("winners of round %s", round).containsExactly(read(path));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean wins(String path, byte[] text) throws IOException {
        try {
            files.putIfAbsent(path, text);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    @Test
    void whatIsThereIsNotReplacedUntilItIsDeleted() throws IOException {
        String path = server.location("once.json");
        files.putIfAbsent(path, bytes("first"));
        files.putIfAbsent(path, bytes("first"));

        assertThatThrownBy(() -> files.putIfAbsent(path, bytes("second")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(read(path)).isEqualTo("first");

        files.delete(path);
        assertThatThrownBy(() -> read(path)).isInstanceOf(FileNotFoundException.class);
        files.putIfAbsent(path, bytes("third"));
        assertThat(read(path)).isEqualTo("third");
    }

    @Test
    void whatIsStoredIsListedAndReadAtOnce() throws IOException {
        for (int i = 0; i < 30; i++) {
            String path = server.location("listed/" + i + ".json");
            files.putIfAbsent(path, bytes("number " + i));

            assertThat(read(path)).isEqualTo("number " + i);
            assertThat(files.listTree(server.location("listed"))).hasSize(i + 1);
        }
    }

    /** Beyond S3A's usual size of parts: an upload in parts would not be one that appears under a condition. */
    @Test
    void aLargeFileAppearsAsAWhole() throws IOException {
        String path = server.location("large");
        byte[] block = new byte[1 << 20];
        try (NewFile file = files.create(path)) {
            for (int i = 0; i < 80; i++) {
                block[0] = (byte) i;
                file.write(block, 0, block.length);
            }
            assertThatThrownBy(() -> read(path)).isInstanceOf(FileNotFoundException.class);
        }
        assertThat(files.getFileStatus(path).getSize()).isEqualTo(80L << 20);
    }

    @Test
    void aTableLivesThere() throws LostRaceException {
        String location = server.location("a table/of orders");
        assertThat(tables.open(location)).isEmpty();
        DeltaTable table = tables.create(location, ID_AND_NAME, Map.of("delta.checkpointInterval", "12"));
        for (long id = 1; id <= 30; id++) {
            DataFile file = write(table, ID_AND_NAME, row(id, "live"), row(-id, "dead"));
            table.commit(append(table, file));
            table.commit(delete(table, file, 1));
        }

        DeltaTable reopened = tables.open(location).orElseThrow();
        assertThat(reopened.snapshot()).isEqualTo(table.snapshot());
        assertThat(rows(reopened)).hasSize(30).allMatch(row -> "live".equals(row.get(1)));
    }

    @Test
    void ofManyWritersNoCommitIsLostOrDoubled() throws Exception {
        int writers = 6;
        int commits = 10;
        String location = server.location("contended");
        tables.create(location, ID_AND_NAME, Map.of());
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                long base = writer * 100L;
                tasks.add(() -> commitAll(location, base, commits));
            }
            for (Future<Integer> done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isEqualTo(commits);
            }
        } finally {
            threads.shutdownNow();
        }
        DeltaTable table = tables.open(location).orElseThrow();
        assertThat(table.snapshot().version()).isEqualTo((long) writers * commits);
        assertThat(rows(table)).hasSize(writers * commits).doesNotHaveDuplicates();
    }

    private int commitAll(String location, long base, int commits) {
        int done = 0;
        try (DeltaTables own = new DeltaTables(server.options())) {
            DeltaTable table = own.open(location).orElseThrow();
            while (done < commits) {
                DataFile file = write(table, ID_AND_NAME, row(base + done, "x"));
                try {
                    table.commit(append(table, file));
                    done++;
                } catch (LostRaceException e) {
                    table.discard(file);
                    table.refresh();
                }
            }
        }
        return done;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, BrokenWire.ALWAYS})
    void aCommitWhoseAnswersAreResetIsInTheTableOnce(int times) throws Exception {
        String location = server.location("answers reset " + times);
        try (BrokenWire wire = new BrokenWire(server.options());
                DeltaTables broken = new DeltaTables(wire.options(server.options()))) {
            DeltaTable table = broken.create(location, ID_AND_NAME, Map.of());
            DataFile file = write(table, ID_AND_NAME, row(1L, "a"));
            wire.breakNext(
                    times,
                    request -> request.startsWith("PUT ") && request.endsWith("0001.json"),
                    new Break.ResetAnswer());
            table.commit(append(table, file));
            assertThat(wire.breaks()).isPositive();
        }
        assertThat(rows(tables.open(location).orElseThrow())).containsExactly(List.of(1L, "a"));
    }

    @Test
    void anUploadThatIsResetLeavesNothing() throws Exception {
        String location = server.location("upload reset");
        try (BrokenWire wire = new BrokenWire(server.options());
                DeltaTables broken = new DeltaTables(wire.options(server.options()))) {
            DeltaTable table = broken.create(location, ID_AND_NAME, Map.of());
            DataFile file = write(table, ID_AND_NAME, row(1L, "a"));
            wire.breakNext(BrokenWire.ALWAYS, request -> request.startsWith("PUT "), new Break.ResetUpload(100));
            assertThatThrownBy(() -> table.commit(append(table, file))).isInstanceOf(StorageException.class);
            assertThatThrownBy(() -> write(table, ID_AND_NAME, row(2L, "b"))).isInstanceOf(StorageException.class);
        }
        assertThat(tables.open(location).orElseThrow().snapshot().version()).isZero();
        assertThat(files.listTree(location))
                .as("a log of one commit and its checksum, and a data file")
                .hasSize(3);
    }
}
