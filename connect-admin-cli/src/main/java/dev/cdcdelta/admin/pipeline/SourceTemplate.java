package dev.cdcdelta.admin.pipeline;

import dev.cdcdelta.admin.context.Context;
import dev.cdcdelta.admin.context.Secret;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.failure.UrlPasswords;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The configuration of a pipeline's Debezium MongoDB connector. */
public final class SourceTemplate {
    public static final String CONNECTOR_CLASS = "io.debezium.connector.mongodb.MongoDbConnector";

    private SourceTemplate() {}

    public static Map<String, String> config(PipelineSpec spec, Context context) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("name", spec.name().source());
        config.put("connector.class", CONNECTOR_CLASS);
        config.put("tasks.max", "1");
        config.put("mongodb.connection.string", connectionString(context));
        config.put("topic.prefix", spec.name().value());
        config.put(
                "collection.include.list",
                spec.collections().stream()
                        .map(collection -> collection.includeListElement(spec.database()))
                        .collect(Collectors.joining(",")));
        config.put("snapshot.mode", "initial");
        config.put("capture.mode", "change_streams_update_full");
        // Moves the stored resume token on while the captured collections are quiet, so that it outlives the oplog.
        config.put("heartbeat.interval.ms", "10000");
        config.put("topic.creation.default.partitions", Integer.toString(spec.tasks()));
        config.put("topic.creation.default.replication.factor", "-1");
        Converters.addTo(config);
        Overrides.apply(config, spec.sourceSettings());
        return config;
    }

    /** Also for the reconciliation, which reads the same MongoDB. */
    static String connectionString(Context context) {
        if (context.secretsFile() != null && !context.mongodbUriGiven()) {
            return SecretReference.inFile(context.secretsFile(), SecretReference.MONGODB_URI);
        }
        Secret uri = context.mongodbUri();
        if (uri == null) {
            throw CommandException.usage(
                    "No MongoDB is known.",
                    "Give --mongodb-uri, or a context file with mongodbUri or secretsFile (--context).");
        }
        if (UrlPasswords.isIn(uri.value()) && !SecretReference.isReference(uri.value())) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "The MongoDB URI holds a password, which would be readable in the connector's configuration.",
                    "Anyone who can read Connect's REST API can read connector configurations.",
                    "Put it into a properties file on the workers as mongodb.uri and give --secrets-file FILE, or give a reference"
                            + " such as --mongodb-uri '${env:MONGODB_URI}'.");
        }
        return uri.value();
    }
}
