package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cdcdelta.stack.check.CollectionCheck;
import dev.cdcdelta.stack.process.ChildProcess;
import dev.cdcdelta.stack.process.FreePorts;
import dev.cdcdelta.stack.quickstart.AdminCli;
import dev.cdcdelta.stack.quickstart.Quickstart;
import dev.cdcdelta.stack.service.BrokerService;
import dev.cdcdelta.stack.service.Installation;
import dev.cdcdelta.stack.service.MongoService;
import dev.cdcdelta.stack.service.ObjectStoreService;
import dev.cdcdelta.stack.service.S3Access;
import dev.cdcdelta.stack.service.StackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image of the Connect worker in a container, with broker, MongoDB stand-in and S3 server beside it on the host. {@code docker/test/run}
 * builds the image and names it in {@code CONNECT_IMAGE}.
 */
class ConnectImageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final String VOLUME = "cdcdelta-image-test";
    private static final String IMAGE = System.getenv().getOrDefault("CONNECT_IMAGE", "");
    private static final String NO_IMAGE =
            "Skipped: CONNECT_IMAGE names no image. docker/test/run builds one and runs this test with it.";

    /** Exit code of a JVM that SIGTERM has ended. */
    private static final int TERMINATED = 143;

    @TempDir
    Path directory;

    private final FreePorts ports = new FreePorts();
    private final BrokerService broker = new BrokerService(ports.next(), ports.next());
    private final MongoService mongodb = new MongoService(ports.next());
    private final ObjectStoreService s3 = ObjectStoreService.on(ports.next(), StackOptions.BUCKET);
    private final int connectPort = ports.next();
    private List<ChildProcess> servers = List.of();

    @BeforeEach
    void startServers() throws Exception {
        if (IMAGE.isEmpty()) {
            System.out.println(NO_IMAGE);
        }
        assumeTrue(!IMAGE.isEmpty(), NO_IMAGE);
        Installation installation = Installation.find();
        StackDirectory stack = new StackDirectory(directory.resolve("stack"));
        servers = List.of(
                ChildProcess.start(broker.process(installation, stack)),
                ChildProcess.start(mongodb.process(installation, stack)),
                ChildProcess.start(s3.process(installation, stack)));
        for (ChildProcess server : servers) {
            server.awaitReady(PATIENCE);
        }
        // Of an earlier run that was cut off.
        ConnectContainer.docker("volume", "rm", "--force", VOLUME);
    }

    @AfterEach
    void stopServers() {
        servers.forEach(server -> server.stop(GRACE));
    }

    @Test
    void pipelineRunsThroughAContainerThatIsKilledAndStopped() throws Exception {
        Path secrets = secrets();
        try (ConnectContainer container =
                ConnectContainer.start(IMAGE, secretsDirectory(), VOLUME, environment(secretsDirectory()))) {
            container.awaitHealthy();
            requireHardened(container);
            StackDirectory stack = new StackDirectory(directory.resolve("stack"));
            StackDescription description = description(secrets);
            description.write(stack);
            AdminCli cli =
                    new AdminCli(Installation.find().adminCli(), stack.description(), directory.resolve("cli-cache"));
            List<CollectionCheck.Result> results;
            try (Quickstart quickstart = new Quickstart(description, cli, System.out::println)) {
                quickstart.insertBeforePipelines();
                quickstart.createPipelines();
                quickstart.awaitTables();
                container.kill();
                quickstart.change();
                container.startAgain();
                container.awaitHealthy();
                quickstart.awaitTables();
                results = quickstart.check();
            }
            assertThat(results).hasSizeGreaterThan(1).allMatch(CollectionCheck.Result::isEqual);
            assertThat(results).extracting(CollectionCheck.Result::documents).allMatch(documents -> documents > 0);
            assertThat(container.exec(
                            "env",
                            "JAVA_OPTS=-Djava.io.tmpdir=/var/lib/cdcdelta/tmp",
                            "CONNECT_URL=http://127.0.0.1:" + connectPort,
                            "/opt/cdcdelta/connect-admin-cli/bin/connect-admin-cli",
                            "health"))
                    .satisfies(health ->
                            assertThat(health.exitCode()).as(health.output()).isZero());
            assertThat(container.stop()).as("stopped by SIGTERM, in time").isIn(0, TERMINATED);
        } finally {
            ConnectContainer.docker("volume", "rm", "--force", VOLUME);
        }
    }

    private static void requireHardened(ConnectContainer container) throws IOException, InterruptedException {
        assertThat(container.exec("id", "-u").output().strip()).isEqualTo("1000");
        assertThat(container.exec("touch", "/opt/cdcdelta/new"))
                .satisfies(touch -> assertThat(touch.exitCode()).isNotZero())
                .satisfies(touch -> assertThat(touch.output()).contains("Read-only file system"));
        assertThat(container.exec("touch", "/var/lib/cdcdelta/new").exitCode()).isZero();
        String sbom = container
                .inspect()
                .at("/Config/Labels")
                .get("dev.cdcdelta.sbom")
                .asText();
        assertThat(container.exec("cat", sbom).output()).contains("CycloneDX", "delta-kernel-api", "debezium");
        assertThat(container
                        .exec("stat", "-c", "%a", "/var/lib/cdcdelta/worker.properties")
                        .output()
                        .strip())
                .isEqualTo("600");
    }

    private Map<String, String> environment(Path secrets) {
        return Map.ofEntries(
                Map.entry("CONNECT_BOOTSTRAP_SERVERS", broker.bootstrapServers()),
                Map.entry("CONNECT_LISTENERS", "http://127.0.0.1:" + connectPort),
                Map.entry("HEALTH_URL", "http://127.0.0.1:" + connectPort + "/health"),
                Map.entry("CONNECT_CONFIG_STORAGE_REPLICATION_FACTOR", "1"),
                Map.entry("CONNECT_OFFSET_STORAGE_REPLICATION_FACTOR", "1"),
                Map.entry("CONNECT_STATUS_STORAGE_REPLICATION_FACTOR", "1"),
                Map.entry("CONNECT_PRODUCER_MAX_REQUEST_SIZE", "20971520"),
                Map.entry("CONNECT_OFFSET_FLUSH_INTERVAL_MS", "1000"),
                Map.entry("CONNECT_SESSION_TIMEOUT_MS", "6000"),
                Map.entry("CONNECT_HEARTBEAT_INTERVAL_MS", "2000"),
                Map.entry("CONNECT_SCHEDULED_REBALANCE_MAX_DELAY_MS", "0"),
                Map.entry("CONNECT_CONFIG_PROVIDERS_FILE_PARAM_ALLOWED_PATHS", secrets.toString()));
    }

    /** Readable by the container's user, in a directory that holds nothing else. */
    private Path secrets() throws IOException {
        S3Access access = s3.access();
        Path file = StackDirectory.writeProperties(
                secretsDirectory().resolve("secrets.properties"),
                Map.of(
                        "mongodb.uri", mongodb.uri(),
                        "s3.access.key", access.accessKey(),
                        "s3.secret.key", access.secretKey()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(secretsDirectory(), PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private Path secretsDirectory() {
        return directory.resolve("secrets");
    }

    private StackDescription description(Path secrets) {
        S3Access access = s3.access();
        String url = "http://127.0.0.1:" + connectPort;
        return new StackDescription(
                broker.bootstrapServers(),
                url,
                List.of(url),
                mongodb.uri(),
                access.endpoint(),
                access.accessKey(),
                access.secretKey(),
                "s3a://" + access.bucket() + "/warehouse",
                secrets.toString(),
                Map.of());
    }
}
