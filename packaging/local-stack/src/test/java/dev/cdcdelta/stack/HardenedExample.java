package dev.cdcdelta.stack;

import dev.cdcdelta.stack.service.StackDirectory;
import dev.cdcdelta.worker.identity.Certificates;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The files of examples/hardened, with paths and addresses of this machine instead of those that they name. */
record HardenedExample(StackDirectory directory, int brokerPort, int controllerPort) {
    static final String STORE_PASSWORD = "canary-store-password";
    static final String AUDIT_KEY = "canary-audit-key-of-32-characters";

    private static final Path FILES = Path.of("../../examples/hardened");

    /** Certificates of a broker, a worker, a Vault and an auditor, each of whom trusts the others. */
    record Identities(Certificates broker, Certificates worker, Certificates vault) {}

    Identities createIdentities() throws IOException, InterruptedException {
        Path connect = directory.root().resolve("etc/kafka-connect/tls");
        Path kafka = directory.root().resolve("etc/kafka/tls");
        Certificates broker = Certificates.create(kafka, "broker", STORE_PASSWORD);
        Certificates worker = Certificates.create(connect, "worker", STORE_PASSWORD);
        Certificates vault = Certificates.create(connect, "vault", STORE_PASSWORD);
        Path trust = worker.trust(connect.resolve("truststore.p12"), List.of(broker, worker, vault));
        Files.copy(trust, kafka.resolve("truststore.p12"));
        for (Path owner : List.of(connect, kafka)) {
            Files.writeString(
                    owner.resolveSibling("secrets.properties"),
                    "keystore.password=" + STORE_PASSWORD + "\ntruststore.password=" + STORE_PASSWORD
                            + "\nhop.secret=canary-hop-secret-of-32-characters\naudit.key=" + AUDIT_KEY + "\n");
        }
        return new Identities(trusting(broker, trust), trusting(worker, trust), trusting(vault, trust));
    }

    Map<String, String> broker() throws IOException {
        Map<String, String> settings = load("broker.properties");
        settings.put("log.dirs", directory.createData("kafka").toString());
        for (String key : List.of(
                "default.replication.factor",
                "min.insync.replicas",
                "offsets.topic.replication.factor",
                "transaction.state.log.replication.factor",
                "transaction.state.log.min.isr",
                "offsets.topic.num.partitions",
                "transaction.state.log.num.partitions")) {
            settings.put(key, "1");
        }
        settings.put("group.initial.rebalance.delay.ms", "0");
        return settings;
    }

    /** @param others what the example leaves to its reader: addresses of other servers */
    SecuredWorker worker(String name, int port, Map<String, String> others) throws IOException {
        Map<String, String> settings = load("worker.properties");
        settings.put("listeners", "https://127.0.0.1:" + port);
        settings.put("rest.advertised.host.name", "127.0.0.1");
        settings.put("plugin.path", SecuredWorker.linkedPlugins(directory).toString());
        for (String topic : List.of("config", "offset", "status")) {
            settings.put(topic + ".storage.replication.factor", "1");
        }
        settings.put("offset.storage.partitions", "1");
        settings.put("status.storage.partitions", "1");
        settings.put("offset.flush.interval.ms", "1000");
        settings.putAll(others);
        return new SecuredWorker(name, port, settings, jvmOptions());
    }

    static List<String> jvmOptions() throws IOException {
        return Files.readAllLines(FILES.resolve("jvm.options")).stream()
                .filter(line -> line.startsWith("-"))
                .toList();
    }

    static List<AclBinding> acls() throws IOException {
        List<AclBinding> acls = new ArrayList<>();
        for (String line : Files.readAllLines(FILES.resolve("acls.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] words = line.split(" ");
                boolean isPrefix = words[1].endsWith("*");
                ResourcePattern pattern = new ResourcePattern(
                        ResourceType.fromString(words[0].replace("-", "_")),
                        isPrefix ? words[1].substring(0, words[1].length() - 1) : words[1],
                        isPrefix ? PatternType.PREFIXED : PatternType.LITERAL);
                Arrays.stream(words)
                        .skip(2)
                        .map(HardenedExample::operation)
                        .forEach(operation -> acls.add(new AclBinding(
                                pattern,
                                new AccessControlEntry("User:worker", "*", operation, AclPermissionType.ALLOW))));
            }
        }
        return acls;
    }

    private static AclOperation operation(String word) {
        return AclOperation.fromString(word.replaceAll("(?<=[a-z])(?=[A-Z])", "_"));
    }

    private Map<String, String> load(String file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(FILES.resolve(file))) {
            properties.load(reader);
        }
        Map<String, String> settings = new HashMap<>();
        properties.forEach((key, value) -> settings.put(
                key.toString(),
                value.toString()
                        .replace("/etc/", directory.root().resolve("etc") + "/")
                        .replace("kafka-1.example:9093", "127.0.0.1:" + brokerPort)
                        .replace("kafka-1.example:9094", "127.0.0.1:" + controllerPort)));
        return settings;
    }

    private static Certificates trusting(Certificates certificates, Path trust) {
        return new Certificates(certificates.keystore(), trust, certificates.pem(), STORE_PASSWORD);
    }
}
