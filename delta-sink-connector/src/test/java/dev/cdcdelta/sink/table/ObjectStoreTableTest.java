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
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectStoreTableTest {
    @SuppressWarnings("NullAway.Init")
    private InProcessS3 server;

    @SuppressWarnings("NullAway.Init")
    private DeltaTables tables;

    @BeforeAll
    void start() throws Exception {
        server = new InProcessS3("lake");
        tables = new DeltaTables(server.options());
    }

    @AfterAll
    void stop() throws Exception {
        tables.close();
        server.close();
    }

    @Test
    void aTableLivesInABucket() throws LostRaceException, IOException {
        assertThat(tables.open("s3a://lake/shop/orders")).isEmpty();
        DeltaTable table = tables.create("s3a://lake/shop/orders", ID_AND_NAME, Map.of());
        DataFile file = write(table, ID_AND_NAME, row(1L, "a"), row(2L, "b"));
        table.commit(append(table, file));
        table.commit(delete(table, file, 0));

        DeltaTable reopened = tables.open("s3a://lake/shop/orders").orElseThrow();
        assertThat(reopened.snapshot()).isEqualTo(table.snapshot());
        assertThat(rows(reopened)).containsExactly(List.of(2L, "b"));
        try (InputStream in = reopened.open(file)) {
            assertThat(in.readAllBytes()).hasSize((int) file.size());
        }
    }

    @Test
    void aCommitOfOneFileWithDeletionsIsAFewRequests() throws LostRaceException {
        DeltaTable table = tables.create("s3a://lake/counted", ID_AND_NAME, Map.of());
        DataFile first = write(table, ID_AND_NAME, row(1L, "a"), row(2L, "b"));
        table.commit(append(table, first));
        server.requests.clear();

        DataFile second = write(table, ID_AND_NAME, row(1L, "c"));
        TableCommit upsert = new TableCommit(
                ID_AND_NAME, List.of(second), delete(table, first, 0).deletions(), Map.of("o", 1L));
        table.commit(upsert);

        assertThat(server.requests)
                .extracting(request -> request.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "UUID"))
                .containsExactly(
                        "PUT counted/part-00000-UUID-c000.zstd.parquet",
                        "GET counted/_delta_log/00000000000000000001.json",
                        "PUT counted/deletion_vector_UUID.bin",
                        "PUT counted/_delta_log/00000000000000000002.json",
                        "PUT counted/_delta_log/00000000000000000002.crc");
    }

    @Test
    void aCommitWhoseAcknowledgementIsLostIsInTheTableOnce() throws LostRaceException {
        DeltaTable table = tables.create("s3a://lake/lost", ID_AND_NAME, Map.of());
        DataFile file = write(table, ID_AND_NAME, row(1L, "a"));

        server.failNextPuts(Fault.LOST_ACKNOWLEDGEMENT);
        table.commit(append(table, file));

        assertThat(table.snapshot().version()).isEqualTo(1);
        DeltaTable reopened = tables.open("s3a://lake/lost").orElseThrow();
        assertThat(reopened.snapshot()).isEqualTo(table.snapshot());
        assertThat(rows(reopened)).containsExactly(List.of(1L, "a"));
    }

    @Test
    void ofManyWritersNoCommitIsLostOrDoubled() throws Exception {
        int writers = 4;
        int commits = 5;
        tables.create("s3a://lake/contended", ID_AND_NAME, Map.of());
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                long base = writer * 100L;
                tasks.add(() -> commitAll(base, commits));
            }
            for (Future<Integer> done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isEqualTo(commits);
            }
        } finally {
            threads.shutdownNow();
        }

        DeltaTable table = tables.open("s3a://lake/contended").orElseThrow();
        assertThat(table.snapshot().version()).isEqualTo((long) writers * commits);
        assertThat(rows(table)).hasSize(writers * commits).doesNotHaveDuplicates();
    }

    private int commitAll(long base, int commits) {
        int done = 0;
        try (DeltaTables own = new DeltaTables(server.options())) {
            DeltaTable table = own.open("s3a://lake/contended").orElseThrow();
            while (done < commits) {
                DataFile file = write(table, ID_AND_NAME, row(base + done, "x"));
                try {
                    table.commit(append(table, file));
                    done++;
                } catch (LostRaceException e) {
                    table.refresh();
                }
            }
        }
        return done;
    }

    @Test
    void twoConnectorsOfOneWorkerKeepTheirKeysApart() {
        Map<String, String> wrong = new java.util.HashMap<>(server.options());
        wrong.put("fs.s3a.secret.key", "wrong");
        tables.create("s3a://lake/apart", ID_AND_NAME, Map.of());

        try (DeltaTables other = new DeltaTables(wrong)) {
            assertThatThrownBy(() -> other.open("s3a://lake/apart"))
                    .hasMessageContaining("s3a://lake/apart")
                    .isInstanceOf(org.apache.kafka.connect.errors.ConnectException.class);
        }
    }
}
