package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.context.Context;
import dev.cdcdelta.admin.context.ContextSources;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.Patience;
import dev.cdcdelta.admin.table.Warehouse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that say where everything is. */
final class ContextOptions {
    // picocli sets it before anything is called.
    @SuppressWarnings("NullAway.Init")
    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee;

    @Option(
            names = "--context",
            paramLabel = "NAME|FILE",
            completionCandidates = NameCompletion.Contexts.class,
            description = "A context of 'context list', or the JSON file of one, such as a local stack's stack.json.")
    private @Nullable String contextName;

    @Option(
            names = "--connect",
            paramLabel = "URL",
            description = "Connect's REST API (" + Context.DEFAULT_CONNECT_URL + ").")
    private @Nullable String connectUrl;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Kafka; for lag, replay and the schemas of topics.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--mongodb-uri",
            paramLabel = "URI",
            description = "MongoDB for new pipelines: without password, or a reference such as $${env:MONGODB_URI}.")
    private @Nullable String mongodbUri;

    @Option(
            names = "--warehouse",
            paramLabel = "URI",
            description = "Where the tables are: s3a://bucket/path or file:///path.")
    private @Nullable String warehouse;

    @Option(
            names = "--s3-endpoint",
            paramLabel = "URL",
            description = "S3-compatible store such as MinIO; not needed for AWS.")
    private @Nullable String s3Endpoint;

    @Option(names = "--s3-region", paramLabel = "REGION", description = "Region of the bucket.")
    private @Nullable String s3Region;

    @Option(
            names = "--secrets-file",
            paramLabel = "FILE",
            description = "Properties file on the workers with mongodb.uri, s3.access.key and s3.secret.key;"
                    + " connectors refer to it instead of holding secrets.")
    private @Nullable String secretsFile;

    Map<String, String> environment() {
        return ((ConnectAdmin) mixee.root().userObject()).environment();
    }

    Context context() {
        return new ContextSources(environment())
                .resolve(new ContextSources.Options(
                        contextName,
                        connectUrl,
                        bootstrapServers,
                        mongodbUri,
                        warehouse,
                        s3Endpoint,
                        s3Region,
                        secretsFile));
    }

    ConnectHttp connect() {
        Context context = context();
        return new ConnectHttp(context.connectUrl(), context.login(), context.tls(), Patience.DEFAULT);
    }

    Warehouse warehouse() {
        Context context = context();
        return new Warehouse(context.requiredWarehouse(), context.storage().options());
    }
}
