package dev.cdcdelta.stack;

import dev.cdcdelta.stack.process.ChildProcess;
import dev.cdcdelta.stack.process.ProcessSpec;
import dev.cdcdelta.stack.process.Readiness;
import dev.cdcdelta.stack.service.Installation;
import dev.cdcdelta.stack.service.StackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A worker whose properties are the test's own, with this project's plugins and a log that leaves nothing out. */
record SecuredWorker(String name, int port, Map<String, String> properties, List<String> jvmOptions) {
    private static final String LOGGING = """
            appender.console.type = Console
            appender.console.name = console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c [%t] %m%n
            rootLogger.level = info
            rootLogger.appenderRef.console.ref = console
            logger.own.name = dev.cdcdelta
            logger.own.level = debug
            """;

    /** What every worker of a test has, secured or not. */
    static Map<String, String> basics(StackDirectory directory, String bootstrapServers) throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", "secured");
        settings.put("plugin.path", linkedPlugins(directory).toString());
        settings.put("plugin.discovery", "service_load");
        settings.put("offset.flush.interval.ms", "1000");
        for (String part : List.of("key.converter", "value.converter")) {
            settings.put(part, "org.apache.kafka.connect.json.JsonConverter");
            settings.put(part + ".schemas.enable", "false");
        }
        for (String topic : List.of("config", "offset", "status")) {
            settings.put(topic + ".storage.topic", "connect-" + topic);
            settings.put(topic + ".storage.replication.factor", "1");
        }
        settings.put("offset.storage.partitions", "1");
        settings.put("status.storage.partitions", "1");
        return settings;
    }

    Path log(StackDirectory directory) {
        return directory.log(name);
    }

    ChildProcess start(StackDirectory directory) {
        Path file = StackDirectory.writeProperties(directory.configuration(name + ".properties"), properties);
        List<String> options = new ArrayList<>(List.of(
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-Dlog4j2.configurationFile="
                        + StackDirectory.writePrivately(directory.configuration("secured-log4j2.properties"), LOGGING),
                "-Djava.io.tmpdir=" + directory.createData(name + "-local")));
        options.addAll(jvmOptions);
        return ChildProcess.start(new ProcessSpec(
                name,
                List.of(Installation.find().kafkaLibrary()),
                options,
                new ProcessSpec.Program("org.apache.kafka.connect.cli.ConnectDistributed", List.of(file.toString())),
                log(directory),
                Readiness.port(port)));
    }

    static Path linkedPlugins(StackDirectory directory) throws IOException {
        StackDirectory.createDirectories(directory.plugins());
        for (Path plugin : Installation.find().pluginDirectories()) {
            Path link = directory.plugins().resolve(plugin.getFileName());
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, plugin.toAbsolutePath());
            }
        }
        return directory.plugins();
    }
}
