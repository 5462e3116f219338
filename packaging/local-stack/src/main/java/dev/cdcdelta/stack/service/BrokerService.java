package dev.cdcdelta.stack.service;

import dev.cdcdelta.stack.process.ProcessSpec;
import dev.cdcdelta.stack.process.Readiness;
import java.util.List;
import java.util.Map;

/** A Kafka broker with its controller, one node. */
public record BrokerService(int port, int controllerPort) {
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public ProcessSpec process(Installation installation, StackDirectory directory) {
        String file = StackDirectory.writeProperties(directory.configuration("broker.properties"), settings(directory))
                .toString();
        return new ProcessSpec(
                "broker",
                List.of(installation.kafkaLibrary()),
                JvmOptions.of("384m", "warn", directory),
                new ProcessSpec.Program("dev.cdcdelta.stack.kafka.BrokerMain", List.of(file)),
                directory.log("broker"),
                Readiness.port(port));
    }

    private Map<String, String> settings(StackDirectory directory) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("log.dirs", directory.createData("kafka").toString()),
                Map.entry("num.partitions", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "5"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "5"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("message.max.bytes", "20971520"),
                Map.entry("replica.fetch.max.bytes", "20971520"));
    }
}
