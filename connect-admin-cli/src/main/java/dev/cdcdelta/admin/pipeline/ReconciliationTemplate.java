package dev.cdcdelta.admin.pipeline;

import dev.cdcdelta.admin.context.Context;
import dev.cdcdelta.admin.failure.CommandException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The configuration of a pipeline's reconciliation connector. It begins no run by itself, unless a setting says when. */
public final class ReconciliationTemplate {
    public static final String CONNECTOR_CLASS = "dev.cdcdelta.reconcile.ReconciliationConnector";

    private ReconciliationTemplate() {}

    static Map<String, String> config(PipelineSpec spec, Map<String, String> settings, Context context) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("name", spec.name().reconciliation());
        config.put("connector.class", CONNECTOR_CLASS);
        config.put("tasks.max", Integer.toString(spec.tasks()));
        config.put("mongodb.uri", SourceTemplate.connectionString(context));
        config.put("database", spec.database());
        config.put(
                "collections",
                spec.collections().stream().map(CollectionFilter::expression).collect(Collectors.joining("|")));
        config.put("warehouse", context.requiredWarehouse());
        SinkTemplate.addStorage(config, context);
        config.put("source.connector", spec.name().source());
        config.put("sink.connector", spec.name().sink());
        config.put("connect.url", context.connectUrl());
        config.put(
                "kafka.bootstrap.servers",
                context.bootstrap()
                        .orElseThrow(() -> CommandException.usage(
                                "No Kafka is known, and a reconciliation needs it.",
                                "Give --bootstrap-servers HOST:PORT, or a context with bootstrapServers.")));
        Overrides.apply(config, settings);
        return config;
    }
}
