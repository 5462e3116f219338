package dev.cdcdelta.admin.pipeline;

import dev.cdcdelta.admin.context.Context;
import dev.cdcdelta.admin.failure.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be replicated, and how.
 *
 * @param tasks most tasks of the sink, and partitions of each topic
 * @param deadLetters bad documents go to a topic of their own instead of stopping the task
 * @param sourceSettings keys that win over the template; an empty value takes the key out
 * @param sinkSettings likewise
 * @param reconciliationSettings likewise; null for a pipeline without reconciliation
 */
public record PipelineSpec(
        PipelineName name,
        String database,
        List<CollectionFilter> collections,
        int tasks,
        boolean deadLetters,
        Map<String, String> sourceSettings,
        Map<String, String> sinkSettings,
        @Nullable Map<String, String> reconciliationSettings) {
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
        reconciliationSettings = reconciliationSettings == null ? null : Map.copyOf(reconciliationSettings);
    }

    /** Of each of its connectors, in the order in which they are to be written. */
    public List<Map<String, String>> configs(Context context) {
        List<Map<String, String>> configs = new ArrayList<>();
        configs.add(SourceTemplate.config(this, context));
        configs.add(SinkTemplate.config(this, context));
        if (reconciliationSettings != null) {
            configs.add(ReconciliationTemplate.config(this, reconciliationSettings, context));
        }
        return configs;
    }

    /** The name given, or the standard name. */
    public static PipelineName name(Optional<String> given, String database, List<CollectionFilter> collections) {
        return given.map(PipelineName::new).orElseGet(() -> PipelineName.standard(database, collections));
    }
}
