package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.context.Context;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.lag.KafkaOffsets;
import dev.cdcdelta.admin.lag.PartitionLag;
import dev.cdcdelta.admin.lag.PipelineLag;
import dev.cdcdelta.admin.lag.PipelineProgress;
import dev.cdcdelta.admin.lag.PipelineTopics;
import dev.cdcdelta.admin.lag.UnreadRecords;
import dev.cdcdelta.admin.pipeline.Pipeline;
import dev.cdcdelta.sink.table.DeltaTables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens what a lag is told from: Kafka, and the warehouse where the context says how to reach it. */
final class LagSource {
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(15);

    private final Context context;

    LagSource(Context context) {
        this.context = context;
    }

    List<PartitionLag> of(Pipeline pipeline) {
        Map<String, String> sink =
                pipeline.sink() == null ? Map.of() : pipeline.sink().config();
        try (KafkaOffsets kafka = KafkaOffsets.connect(bootstrapServers(), KAFKA_TIMEOUT);
                UnreadRecords unread = UnreadRecords.connect(bootstrapServers(), KAFKA_TIMEOUT);
                DeltaTables tables = tables(sink.get("warehouse"))) {
            return new PipelineLag(kafka, unread, tables).of(pipeline.name().sink(), new PipelineTopics(sink));
        }
    }

    /** The lag, and what else the same connections tell. */
    PipelineProgress progress(Pipeline pipeline) {
        Map<String, String> sink =
                pipeline.sink() == null ? Map.of() : pipeline.sink().config();
        try (KafkaOffsets kafka = KafkaOffsets.connect(bootstrapServers(), KAFKA_TIMEOUT);
                UnreadRecords unread = UnreadRecords.connect(bootstrapServers(), KAFKA_TIMEOUT);
                DeltaTables tables = tables(sink.get("warehouse"))) {
            return new PipelineLag(kafka, unread, tables)
                    .progress(
                            pipeline.name().sink(),
                            new PipelineTopics(sink),
                            sink.getOrDefault("errors.deadletterqueue.topic.name", ""));
        }
    }

    private String bootstrapServers() {
        return context.bootstrap()
                .orElseThrow(() -> CommandException.usage(
                        "No Kafka is known, so the lag is not.",
                        "Give --bootstrap-servers HOST:PORT, or a context file with bootstrapServers."));
    }

    private @Nullable DeltaTables tables(@Nullable String location) {
        if (location == null || !(location.startsWith("file:") || context.warehouse() != null)) {
            return null;
        }
        return new DeltaTables(context.storage().options());
    }
}
