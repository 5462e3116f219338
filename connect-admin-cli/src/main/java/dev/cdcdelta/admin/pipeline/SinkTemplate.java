package dev.cdcdelta.admin.pipeline;

import dev.cdcdelta.admin.context.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The configuration of a pipeline's Delta sink connector. */
public final class SinkTemplate {
    public static final String CONNECTOR_CLASS = "dev.cdcdelta.sink.DeltaSinkConnector";
    public static final String TRANSFORM_CLASS = "dev.cdcdelta.smt.SchemaEvolution$Value";

    private SinkTemplate() {}

    public static Map<String, String> config(PipelineSpec spec, Context context) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("name", spec.name().sink());
        config.put("connector.class", CONNECTOR_CLASS);
        config.put("tasks.max", Integer.toString(spec.tasks()));
        addTopics(config, spec);
        config.put("warehouse", context.requiredWarehouse());
        addStorage(config, context);
        Converters.addTo(config);
        // Connect's default would hand on what a source wrote in a transaction that was aborted.
        config.put("consumer.override.isolation.level", "read_committed");
        config.put("transforms", "typed");
        config.put("transforms.typed.type", TRANSFORM_CLASS);
        addErrorHandling(config, spec);
        Overrides.apply(config, spec.sinkSettings());
        return config;
    }

    private static void addTopics(Map<String, String> config, PipelineSpec spec) {
        String prefix = spec.name().value();
        if (spec.collections().stream().noneMatch(CollectionFilter::isPattern)) {
            config.put(
                    "topics",
                    spec.collections().stream()
                            .map(collection -> collection.topic(prefix, spec.database()))
                            .collect(Collectors.joining(",")));
            return;
        }
        String collections =
                spec.collections().stream().map(CollectionFilter::expression).collect(Collectors.joining("|"));
        config.put(
                "topics.regex", prefix + "\\." + CollectionFilter.quoted(spec.database()) + "\\.(" + collections + ")");
    }

    /** Also for the reconciliation. Keys stay with the workers: as references if there is a secrets file; without keys or file the workers use their own. */
    static void addStorage(Map<String, String> config, Context context) {
        if (!context.requiredWarehouse().startsWith("s3a:")) {
            return;
        }
        context.storage().publicOptions().forEach((key, value) -> config.put("hadoop." + key, value));
        boolean keys =
                context.storage().accessKey() != null || context.storage().endpoint() != null;
        if (context.secretsFile() != null && keys) {
            config.put(
                    "hadoop.fs.s3a.access.key",
                    SecretReference.inFile(context.secretsFile(), SecretReference.S3_ACCESS_KEY));
            config.put(
                    "hadoop.fs.s3a.secret.key",
                    SecretReference.inFile(context.secretsFile(), SecretReference.S3_SECRET_KEY));
        }
    }

    /** Without a dead letter topic a bad document stops the task; nothing is ever dropped. */
    private static void addErrorHandling(Map<String, String> config, PipelineSpec spec) {
        config.put("errors.log.enable", "true");
        config.put("errors.tolerance", spec.deadLetters() ? "all" : "none");
        if (spec.deadLetters()) {
            config.put("errors.deadletterqueue.topic.name", spec.name().deadLetterTopic());
            config.put("errors.deadletterqueue.topic.replication.factor", "-1");
            config.put("errors.deadletterqueue.context.headers.enable", "true");
        }
    }
}
