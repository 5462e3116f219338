package dev.cdcdelta.admin.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.lag.KafkaOffsets;
import dev.cdcdelta.admin.offsets.OffsetChange;
import dev.cdcdelta.admin.offsets.OffsetPlan;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.ConnectorOffsets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Another place to go on from. */
@Command(
        name = "set",
        description = {
            "Have a connector go on from other offsets.",
            "",
            "Only places that it has already, in the form that they have, and of a sink only offsets that Kafka has (where Kafka is"
                    + " known). The connector is stopped for it, and resumed if it ran.",
            ""
        })
final class OffsetsSet implements Callable<Integer> {
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(15);

    @Parameters(
            index = "0",
            paramLabel = "CONNECTOR",
            completionCandidates = NameCompletion.Connectors.class,
            description = "Name of the connector.")
    private String name = "";

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Wanted wanted = new Wanted();

    private static final class Wanted {
        @Option(
                names = "--place",
                paramLabel = "TOPIC:PARTITION=OFFSET",
                description = "Of a sink: the next offset to read; repeatable.")
        private List<String> places = new ArrayList<>();

        @Option(
                names = "--from",
                paramLabel = "FILE",
                description = "Rows of partition and offset as 'offsets show -o json' writes them.")
        private @Nullable Path file;
    }

    @Option(names = "--force", description = "Also of a Delta sink, which goes by the offsets in its tables.")
    private boolean force;

    @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--timeout",
            defaultValue = "60",
            paramLabel = "SECONDS",
            description = "How long to wait until the connector has stopped (60).")
    private long timeoutSeconds;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        ConnectHttp http = where.connect();
        List<ConnectorOffsets.Entry> now = OffsetsView.require(http, name);
        OffsetPlan plan = wanted.file == null ? OffsetPlan.ofSink(now, wanted.places) : OffsetPlan.of(now, read(wanted.file));
        OffsetsView.requireEffect(http, name, force);
        where.context().bootstrap().ifPresent(servers -> requireInKafka(servers, plan));
        if (dryRun || plan.isEmpty()) {
            output.write(OffsetsView.steps(plan, "would be set"));
            return ExitCode.OK.number();
        }
        String state = new OffsetChange(http, Duration.ofSeconds(timeoutSeconds)).apply(name, plan, false);
        output.write(OffsetsView.steps(plan, "set, connector " + state));
        return ExitCode.OK.number();
    }

    private static void requireInKafka(String servers, OffsetPlan plan) {
        try (KafkaOffsets kafka = KafkaOffsets.connect(servers, KAFKA_TIMEOUT)) {
            for (OffsetPlan.Step step : plan.steps()) {
                OffsetPlan.topicPartition(step.partition()).ifPresent(partition -> OffsetPlan.kafkaOffset(step.after())
                        .ifPresent(offset -> requireInKafka(kafka, partition, offset)));
            }
        }
    }

    private static void requireInKafka(KafkaOffsets kafka, TopicPartition partition, long offset) {
        Map<TopicPartition, KafkaOffsets.Bounds> bounds = kafka.bounds(Set.of(partition.topic()));
        KafkaOffsets.Bounds bound = bounds.get(partition);
        if (bound == null || offset < bound.beginning() || offset > bound.end()) {
            throw CommandException.usage(
                    "Kafka has no offset " + offset + " of partition " + partition.partition() + " of " + partition.topic()
                            + ".",
                    bound == null
                            ? "Name a topic and partition that exist."
                            : "Give one from " + bound.beginning() + " to " + bound.end() + ".");
        }
    }

    private static List<ConnectorOffsets.Entry> read(Path file) {
        try {
            return new ObjectMapper().readValue(Files.readString(file), new TypeReference<List<ConnectorOffsets.Entry>>() {});
        } catch (JsonProcessingException e) {
            throw CommandException.usage(
                    "The file " + file + " is no list of offsets: " + e.getOriginalMessage(),
                    "Take what 'offsets show -o json' writes, and change it.");
        } catch (IOException e) {
            throw CommandException.usage(
                    "The file " + file + " cannot be read (" + e.getClass().getSimpleName() + ").",
                    "Check its name and its permissions.");
        }
    }
}
