package dev.cdcdelta.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.smt.schema.ScalarType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

class S3QueryTest {
    private static final ColumnType.Struct COLUMNS =
            TestTable.struct(TestTable.column("_id", ScalarType.INT64), TestTable.column("name", ScalarType.STRING));

    @TempDir
    Path cache;

    private final Map<String, String> environment = new HashMap<>();
    private S3Proxy server;

    @BeforeEach
    void start() throws Exception {
        BlobStore store = new TransientNio2BlobStore();
        store.createContainer(CreateBucketRequest.builder().bucket("lake").build());
        server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "test-access", "test-secret")
                .ignoreUnknownHeaders(true)
                .build();
        server.start();
        environment.put("S3_ENDPOINT", "http://127.0.0.1:" + server.getPort());
        environment.put("S3_ACCESS_KEY", "test-access");
        environment.put("S3_SECRET_KEY", "test-secret");
        environment.put("WAREHOUSE", "s3a://lake/tables");
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private CliRun run(String... arguments) {
        return CliRun.with(environment, arguments);
    }

    private CliRun query(String sql, String... more) {
        List<String> arguments = new ArrayList<>(List.of("query", sql, "-o", "csv", "--cache-dir", cache.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private TestTable table(String path) {
        return new TestTable(
                Map.of(
                        "fs.s3a.endpoint", "http://127.0.0.1:" + server.getPort(),
                        "fs.s3a.access.key", "test-access",
                        "fs.s3a.secret.key", "test-secret"),
                "s3a://lake/tables/" + path,
                COLUMNS);
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.sorted().toList();
        }
    }

    @Test
    void tablesOfABucketAreFoundAndReadThroughTheCache() throws IOException {
        try (TestTable table = table("testdb/users")) {
            DataFile file = table.append(COLUMNS, TestTable.row(1L, "Alice"), TestTable.row(2L, "Bob"));
            table.delete(file, 1);
        }

        assertThat(run("table", "list", "-o", "csv").out()).contains("testdb.users,2,1,1,");
        assertThat(query("FROM users")).isEqualTo(new CliRun(0, "_id,name\n1,Alice\n", ""));
        List<Path> first = copies();
        assertThat(query("FROM testdb.users").out()).isEqualTo("_id,name\n1,Alice\n");
        assertThat(copies()).isEqualTo(first).hasSize(1);
    }

    @Test
    void cacheForgetsWhatWasUsedLongestAgoButNothingInUse() throws IOException {
        try (TestTable users = table("testdb/users");
                TestTable orders = table("testdb/orders")) {
            users.append(COLUMNS, TestTable.row(1L, "a"));
            users.append(COLUMNS, TestTable.row(2L, "b"));
            orders.append(COLUMNS, TestTable.row(3L, "c"));
        }

        assertThat(query("SELECT count(*) AS n FROM users", "--cache-megabytes", "0")
                        .out())
                .isEqualTo("n\n2\n");
        assertThat(copies()).hasSize(2);
        assertThat(query("SELECT count(*) AS n FROM orders", "--cache-megabytes", "0")
                        .out())
                .isEqualTo("n\n1\n");
        assertThat(copies()).hasSize(1);
    }

    @Test
    void wrongKeysAreToldWithoutShowingThem() {
        environment.put("S3_SECRET_KEY", "wrong-secret");

        CliRun run = query("FROM users");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err())
                .contains("problem: ")
                .contains("s3a://lake/tables")
                .contains("keys")
                .doesNotContain("wrong-secret");
    }

    @Test
    void unreachableStoreIsGivenUpOnSoon() throws Exception {
        server.stop();

        CliRun run = query("FROM testdb.users");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("problem: ").contains("remedy: ");
    }
}
