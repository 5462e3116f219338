package dev.cdcdelta.admin.pipeline;

import dev.cdcdelta.admin.failure.CommandException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be replicated, and how.
 *
 * @param tasks most tasks of the sink, and partitions of each topic
 * @param deadLetters bad documents go to a topic of their own instead of stopping the task
 * @param sourceSettings keys that win over the template; an empty value takes the key out
 * @param sinkSettings likewise
 */
public record PipelineSpec(
        PipelineName name,
        String database,
        List<CollectionFilter> collections,
        int tasks,
        boolean deadLetters,
        Map<String, String> sourceSettings,
        Map<String, String> sinkSettings) {
    public PipelineSpec {
        collections = List.copyOf(collections);
        if (collections.isEmpty()) {
            throw CommandException.usage("No collection is given.", "Name at least one with --collection.");
        }
        if (tasks < 1) {
            throw CommandException.usage("--tasks " + tasks + " is less than one.", "Give 1 or more.");
        }
        sourceSettings = Map.copyOf(sourceSettings);
        sinkSettings = Map.copyOf(sinkSettings);
    }

    /** The name given, or the standard name. */
    public static PipelineName name(Optional<String> given, String database, List<CollectionFilter> collections) {
        return given.map(PipelineName::new).orElseGet(() -> PipelineName.standard(database, collections));
    }
}
