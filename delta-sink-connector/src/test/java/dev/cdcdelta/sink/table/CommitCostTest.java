package dev.cdcdelta.sink.table;

import static dev.cdcdelta.sink.table.Tables.ID_AND_NAME;
import static dev.cdcdelta.sink.table.Tables.append;
import static dev.cdcdelta.sink.table.Tables.delete;
import static dev.cdcdelta.sink.table.Tables.offsets;
import static dev.cdcdelta.sink.table.Tables.row;
import static dev.cdcdelta.sink.table.Tables.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.table.storage.InProcessS3;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Requests to the object store on the way of a commit; checksums and checkpoints go another way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommitCostTest {
    private static final int LATE = 100;

    @SuppressWarnings("NullAway.Init")
    private InProcessS3 server;

    @SuppressWarnings("NullAway.Init")
    private DeltaTables tables;

    @BeforeAll
    void start() throws Exception {
        server = new InProcessS3("lake");
        // Closed at once: what no commit waits for is not done at all, and cannot be counted by accident.
        TableMaintenance none = TableMaintenance.onThread("none");
        none.close();
        tables = new DeltaTables(server.options(), none);
    }

    @AfterAll
    void stop() throws Exception {
        tables.close();
        server.close();
    }

    private List<String> requests(DeltaTable table) {
        String prefix = table.location().replace("s3a://lake/", "");
        return server.requests.stream()
                .map(request -> request.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "UUID")
                        .replaceAll("[0-9]{20}", "VERSION")
                        .replace(prefix, "table"))
                .toList();
    }

    @Test
    void aCommitCostsTheSameRequestsAfterHundredsOfCommitsAsAfterFive() throws LostRaceException {
        DeltaTable table = tables.create("s3a://lake/flat", ID_AND_NAME, Map.of());
        DataFile first = write(table, ID_AND_NAME, row(1L, "a"), row(2L, "b"), row(3L, "c"));
        table.commit(append(table, first));
        while (table.snapshot().version() < 5) {
            table.commit(offsets(table, Map.of("o", table.snapshot().version())));
        }
        server.requests.clear();
        upsert(table, first, 0);
        List<String> early = requests(table);
        while (table.snapshot().version() < LATE) {
            table.commit(offsets(table, Map.of("o", table.snapshot().version())));
        }
        DataFile other = write(table, ID_AND_NAME, row(7L, "x"), row(8L, "y"));
        table.commit(append(table, other));
        server.requests.clear();
        upsert(table, other, 0);

        assertThat(requests(table)).isEqualTo(early);
        assertThat(early)
                .containsExactly(
                        "PUT table/part-00000-UUID-c000.zstd.parquet",
                        "GET table/_delta_log/VERSION.json",
                        "PUT table/deletion_vector_UUID.bin",
                        "PUT table/_delta_log/VERSION.json");
    }

    private static void upsert(DeltaTable table, DataFile dead, long position) throws LostRaceException {
        DataFile file = write(table, ID_AND_NAME, row(1L, "new"));
        table.commit(new TableCommit(
                ID_AND_NAME, List.of(file), delete(table, dead, position).deletions(), Map.of("o", 1_000L)));
    }

    @Test
    void catchingUpReadsEachForeignCommitAndListsNothing() throws LostRaceException {
        DeltaTable table = tables.create("s3a://lake/behind", ID_AND_NAME, Map.of());
        DeltaTable rival = tables.open("s3a://lake/behind").orElseThrow();
        while (table.snapshot().version() < 50) {
            table.commit(offsets(table, Map.of("o", table.snapshot().version())));
        }
        rival.refresh();
        for (int i = 0; i < 10; i++) {
            table.commit(offsets(table, Map.of("o", 100L + i)));
        }
        server.requests.clear();
        assertThat(rival.refresh()).isEqualTo(table.snapshot());
        List<String> tenBehind = requests(rival);

        // The last commit that is known, ten others and one that is missing; each is asked for its length, then read.
        assertThat(tenBehind).noneMatch(request -> request.startsWith("LIST"));
        assertThat(tenBehind).filteredOn(request -> request.startsWith("GET")).hasSize(11);
        server.requests.clear();
        rival.commit(offsets(rival, Map.of("o", 200L)));
        assertThat(requests(rival))
                .containsExactly("GET table/_delta_log/VERSION.json", "PUT table/_delta_log/VERSION.json");
    }

    /** Pages of a listing are short here, so that this log is as long as one of thousands of commits. */
    @Test
    void openingAndCheckpointsListAFewPagesHoweverLongTheLog() throws LostRaceException {
        Map<String, String> options = new HashMap<>(server.options());
        options.put("fs.s3a.paging.maximum", "20");
        try (DeltaTables kept = new DeltaTables(options, TableMaintenance.sameThread())) {
            DeltaTable table = kept.create("s3a://lake/opened", ID_AND_NAME, Map.of("delta.checkpointInterval", "10"));
            List<String> checkpoint = checkpointBehind(table, 20);
            List<String> opening = opening(kept, table);
            List<String> lateCheckpoint = checkpointBehind(table, 150);
            List<String> lateOpening = opening(kept, table);

            assertThat(others(lateOpening)).containsExactlyInAnyOrderElementsOf(others(opening));
            assertThat(others(lateCheckpoint)).containsExactlyInAnyOrderElementsOf(others(checkpoint));
            // Of each listing, the page that is read and the one that S3A asks for in advance.
            assertThat(listings(lateOpening)).isLessThanOrEqualTo(4);
            assertThat(listings(lateCheckpoint)).isLessThanOrEqualTo(8);
        }
    }

    private static List<String> others(List<String> requests) {
        return requests.stream().filter(request -> !request.startsWith("LIST")).toList();
    }

    private static long listings(List<String> requests) {
        return requests.stream().filter(request -> request.startsWith("LIST")).count();
    }

    /** What the commit that a checkpoint follows upon costs, with the checkpoint. */
    private List<String> checkpointBehind(DeltaTable table, long version) throws LostRaceException {
        while (table.snapshot().version() < version - 1) {
            table.commit(offsets(table, Map.of("o", table.snapshot().version())));
        }
        server.requests.clear();
        table.commit(offsets(table, Map.of("o", version)));
        return requests(table);
    }

    private List<String> opening(DeltaTables tables, DeltaTable table) {
        server.requests.clear();
        assertThat(tables.open(table.location()).orElseThrow().snapshot()).isEqualTo(table.snapshot());
        return requests(table);
    }
}
