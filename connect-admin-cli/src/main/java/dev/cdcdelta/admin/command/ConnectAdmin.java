package dev.cdcdelta.admin.command;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command; on its own it shows the usage. */
@Command(
        name = "connect-admin-cli",
        description =
                "Replicate MongoDB collections into Delta Lake tables: pipelines, health, lag, queries and schemas.",
        versionProvider = Version.class,
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  CONNECT_ADMIN_CONTEXT    context, as with --context",
            "  CONNECT_ADMIN_CONTEXTS   file of the contexts (~/.config/connect-admin-cli/contexts.yaml)",
            "  CONNECT_URL, CONNECT_TOKEN, CONNECT_USER, CONNECT_PASSWORD, KAFKA_BOOTSTRAP_SERVERS, MONGODB_URI,",
            "  WAREHOUSE, CONNECT_SECRETS_FILE, S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY, S3_SECRET_KEY",
            "                           used where neither an option nor the context says anything",
            "  NO_COLOR                 no colours; a pipe or file gets none anyway",
            "  CONNECT_ADMIN_DEBUG      adds the stack trace to a failure",
            "  CONNECT_ADMIN_CACHE      where the archive for a quick start is (~/.cache/connect-admin-cli); none: without",
            "  JAVA_HOME, JAVA_OPTS     the Java to run on, and its options"
        })
public final class ConnectAdmin implements Runnable {
    private final Map<String, String> environment;

    // picocli acts on these two itself.
    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    // picocli sets it before anything is called.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    public ConnectAdmin(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    Map<String, String> environment() {
        return environment;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
