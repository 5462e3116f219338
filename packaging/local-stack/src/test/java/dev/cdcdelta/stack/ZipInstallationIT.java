package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cdcdelta.stack.client.ConnectRest;
import dev.cdcdelta.stack.process.ChildProcess;
import dev.cdcdelta.stack.process.FreePorts;
import dev.cdcdelta.stack.service.BrokerService;
import dev.cdcdelta.stack.service.Installation;
import dev.cdcdelta.stack.service.StackDirectory;
import dev.cdcdelta.stack.service.WorkerService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip that is shipped, unpacked into the plugin.path of a worker that has nothing else. */
class ZipInstallationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Path BUNDLE = Path.of("../bundle/target");
    private static final String NAME = "cdcdelta-mongodb-cdc-delta-";

    @TempDir
    Path directory;

    @Test
    void bareWorkerFindsEveryPluginInItsVersion() throws Exception {
        Path plugin = unpack(zip());
        String version = plugin.getFileName().toString().substring(NAME.length());
        Installation installation = Installation.find();
        StackDirectory stack = new StackDirectory(directory.resolve("stack"));
        FreePorts ports = new FreePorts();
        BrokerService brokerService = new BrokerService(ports.next(), ports.next());
        WorkerService workerService =
                new WorkerService(1, ports.next(), brokerService.bootstrapServers(), List.of(plugin), "1g", List.of());
        ChildProcess broker = ChildProcess.start(brokerService.process(installation, stack));
        try {
            broker.awaitReady(PATIENCE);
            ChildProcess worker = ChildProcess.start(workerService.process(installation, stack));
            try {
                worker.awaitReady(PATIENCE);
                assertThat(plugins(workerService.url()))
                        .containsExactly(
                                "sink dev.cdcdelta.sink.DeltaSinkConnector " + version,
                                "source dev.cdcdelta.reconcile.ReconciliationConnector " + version,
                                "transformation dev.cdcdelta.smt.SchemaEvolution$Key " + version,
                                "transformation dev.cdcdelta.smt.SchemaEvolution$Value " + version);
            } finally {
                worker.stop(GRACE);
            }
        } finally {
            broker.stop(GRACE);
        }
    }

    private static TreeSet<String> plugins(String url) throws IOException, InterruptedException {
        TreeSet<String> found = new TreeSet<>();
        for (JsonNode plugin : new ConnectRest(url).get("/connector-plugins?connectorsOnly=false")) {
            String name = plugin.get("class").asText();
            if (!name.startsWith("org.apache.kafka.")) {
                found.add(plugin.get("type").asText() + " " + name + " "
                        + plugin.path("version").asText());
            }
        }
        return found;
    }

    private static Path zip() throws IOException {
        try (Stream<Path> files = Files.list(BUNDLE)) {
            return files.filter(file -> file.getFileName().toString().matches(NAME + ".*[.]zip"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(
                            "There is no zip in " + BUNDLE + ". Run `mvn -Dquick -DskipTests package` first."));
        }
    }

    /** Returns the one directory that the zip holds. */
    private Path unpack(Path file) throws IOException {
        Path target = directory.resolve("unpacked");
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                Path path = target.resolve(entry.getName());
                if (!entry.isDirectory()) {
                    Files.createDirectories(path.getParent());
                    try (InputStream content = zip.getInputStream(entry)) {
                        Files.copy(content, path);
                    }
                }
            }
        }
        try (Stream<Path> unpacked = Files.list(target)) {
            return unpacked.toList().get(0);
        }
    }
}
