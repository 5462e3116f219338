package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.table.storage.InProcessS3;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task asks of the object store for a commit and for a start, upkeep included: no request more. */
class RequestsTest {
    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private InProcessS3 server;

    @SuppressWarnings("NullAway.Init")
    private SinkRig rig;

    @SuppressWarnings("NullAway.Init")
    private FakeRuntime task;

    /** A table of some commits, with its index. */
    @BeforeEach
    void prepare() throws Exception {
        server = new InProcessS3("lake");
        rig = new SinkRig(directory, "s3a://lake/warehouse", server.options(), server.options());
        task = rig.task(P0);
        for (int version = 1; version <= 3; version++) {
            rig.source.insert("before" + version, "\"n\":" + version);
            task.sink();
        }
        server.requests.clear();
    }

    @AfterEach
    void stop() throws Exception {
        task.stop();
        server.close();
    }

    @Test
    void aCommitOfNewDocumentsIsItsFileAndItsLog() {
        rig.source.insert("a", "\"n\":1").insert("b", "\"n\":2");
        task.sink();

        assertThat(requests())
                .containsExactly(
                        "PUT table/part-00000-UUID-c000.zstd.parquet",
                        "GET table/_delta_log/VERSION.json",
                        "PUT table/_delta_log/VERSION.json",
                        "PUT table/_delta_log/VERSION.crc");
    }

    @Test
    void aCommitOfChangedDocumentsMarksTheDeadRowsAsWell() {
        rig.source.upsert("before1", "\"n\":5", 9).delete("before2", 10);
        task.sink();

        assertThat(requests())
                .containsExactly(
                        "PUT table/part-00000-UUID-c000.zstd.parquet",
                        "PUT table/part-00000-UUID-c000.zstd.parquet",
                        "GET table/_delta_log/VERSION.json",
                        "PUT table/deletion_vector_UUID.bin",
                        "PUT table/_delta_log/VERSION.json",
                        "PUT table/_delta_log/VERSION.crc");
    }

    @Test
    void aStartTriesTheWarehouseAndReadsTheLogForItsFilesAndForItsTransactions() {
        task.stop();
        server.requests.clear();
        task = rig.task(P0);

        List<String> log = Collections.nCopies(4 + 4 + 1, "GET table/_delta_log/VERSION.json");
        assertThat(requests())
                .startsWith(
                        "PUT warehouse/_cdcdelta_probe_UUID",
                        "PUT warehouse/_cdcdelta_probe_UUID",
                        "HEAD warehouse/_cdcdelta_probe_UUID",
                        "GET warehouse/_cdcdelta_probe_UUID",
                        "DELETE warehouse/_cdcdelta_probe_UUID",
                        "HEAD table/_delta_log/_last_checkpoint",
                        "LIST table/_delta_log/",
                        "GET table/_delta_log/VERSION.crc")
                .endsWith(log.toArray(String[]::new))
                .hasSize(8 + log.size());
    }

    private List<String> requests() {
        return server.requests.stream()
                .map(request -> request.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "UUID")
                        .replaceAll("[0-9]{20}", "VERSION")
                        .replace("warehouse/shop/orders", "table"))
                .toList();
    }
}
