package dev.cdcdelta.stack.service;

import dev.cdcdelta.stack.process.ProcessSpec;
import dev.cdcdelta.stack.process.Readiness;
import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Kafka Connect worker in distributed mode. Its own class path holds Kafka alone; connectors come from plugin.path.
 *
 * @param number from 1, within the group
 * @param heap as {@code -Xmx} takes it
 * @param options of its JVM, which win over the stack's own
 */
public record WorkerService(
        int number, int port, String bootstrapServers, List<Path> plugins, String heap, List<String> options) {
    public WorkerService {
        options = List.copyOf(options);
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Of its process, its log and its settings: {@code worker}, {@code worker2} and so on. */
    public String name() {
        return number == 1 ? "worker" : "worker" + number;
    }

    public ProcessSpec process(Installation installation, StackDirectory directory) {
        link(directory);
        Path file =
                StackDirectory.writeProperties(directory.configuration(name() + ".properties"), settings(directory));
        return new ProcessSpec(
                number == 1 ? "Connect worker" : "Connect worker " + number,
                List.of(installation.kafkaLibrary()),
                jvmOptions(directory),
                new ProcessSpec.Program("org.apache.kafka.connect.cli.ConnectDistributed", List.of(file.toString())),
                directory.log(name()),
                Readiness.http(URI.create(url() + "/health")));
    }

    /** A directory of its own for what it keeps locally, as workers on machines of their own have. */
    private List<String> jvmOptions(StackDirectory directory) {
        List<String> all = new ArrayList<>(JvmOptions.of(heap, "info", directory));
        all.add("-Djava.io.tmpdir=" + directory.createData(name() + "-local"));
        // Of two options that contradict each other the JVM takes the last.
        all.addAll(options);
        return all;
    }

    /** Each child of plugin.path is a plugin, so that the directories of the build are linked from one place. */
    private void link(StackDirectory directory) {
        StackDirectory.createDirectories(directory.plugins());
        for (Path plugin : plugins) {
            Path parent = plugin.getFileName().toString().equals("plugin") ? Path.of("cdcdelta") : plugin.getFileName();
            Path link = directory.plugins().resolve(parent);
            try {
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, plugin.toAbsolutePath());
            } catch (IOException e) {
                throw new StackException("The plugin " + plugin + " cannot be linked from " + link + ": " + e, e);
            }
        }
    }

    private Map<String, String> settings(StackDirectory directory) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", "local-stack");
        settings.put("listeners", url());
        settings.put("plugin.path", directory.plugins().toString());
        settings.put("plugin.discovery", "service_load");
        settings.putAll(converters());
        settings.putAll(topics());
        settings.putAll(recovery());
        settings.putAll(secrets(directory));
        return settings;
    }

    private static Map<String, String> converters() {
        return Map.of(
                "key.converter", "org.apache.kafka.connect.json.JsonConverter",
                "key.converter.schemas.enable", "false",
                "value.converter", "org.apache.kafka.connect.json.JsonConverter",
                "value.converter.schemas.enable", "false");
    }

    private static Map<String, String> topics() {
        return Map.of(
                "config.storage.topic", "connect-configs",
                "config.storage.replication.factor", "1",
                "offset.storage.topic", "connect-offsets",
                "offset.storage.replication.factor", "1",
                "offset.storage.partitions", "5",
                "status.storage.topic", "connect-status",
                "status.storage.replication.factor", "1",
                "status.storage.partitions", "1");
    }

    /**
     * Shorter than the defaults, so that a killed worker's tasks are taken over, and progress is told, within seconds. Transactions keep
     * their time: who takes over a task ends those of the one before, and a short time ends tasks on a busy machine.
     */
    private static Map<String, String> recovery() {
        return Map.of(
                "exactly.once.source.support", "enabled",
                "producer.max.request.size", "20971520",
                "session.timeout.ms", "6000",
                "heartbeat.interval.ms", "2000",
                "scheduled.rebalance.max.delay.ms", "0",
                "offset.flush.interval.ms", "1000",
                "task.shutdown.graceful.timeout.ms", "5000");
    }

    /** Connector configurations name a file and a key in it; Connect's API never shows the secret itself. */
    private static Map<String, String> secrets(StackDirectory directory) {
        return Map.of(
                "config.providers", "file,directory",
                "config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider",
                "config.providers.file.param.allowed.paths", directory.root().toString(),
                "config.providers.directory.class", "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
                "config.providers.directory.param.allowed.paths",
                        directory.root().toString());
    }
}
