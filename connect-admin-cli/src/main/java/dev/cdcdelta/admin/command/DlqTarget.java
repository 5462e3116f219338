package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.context.Context;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.pipeline.Pipeline;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options that say which queue is read. */
final class DlqTarget {
    @ArgGroup(exclusive = true, multiplicity = "1")
    private Choice choice = new Choice();

    private static final class Choice {
        @Parameters(
                paramLabel = "PIPELINE",
                completionCandidates = NameCompletion.Pipelines.class,
                description = "Pipeline whose sink's letters are meant.")
        private @Nullable String pipeline;

        @Option(names = "--topic", paramLabel = "TOPIC", description = "The dead letter topic itself.")
        private @Nullable String topic;
    }

    /**
     * A queue.
     *
     * @param connector whose letters are meant; several may share a queue
     */
    record Target(String topic, Optional<String> connector) {}

    Target resolve(ContextOptions where) {
        if (choice.pipeline == null) {
            return new Target(String.valueOf(choice.topic), Optional.empty());
        }
        Pipeline pipeline = PipelineLookup.require(where.connect(), choice.pipeline);
        return new Target(DlqOptions.queue(pipeline), Optional.of(pipeline.name().sink()));
    }

    static String kafka(Context context) {
        return context.bootstrap()
                .orElseThrow(() -> CommandException.usage(
                        "No Kafka is known.",
                        "Give --bootstrap-servers HOST:PORT, or a context with bootstrapServers."));
    }
}
