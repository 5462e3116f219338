package dev.cdcdelta.admin.context;

import dev.cdcdelta.admin.failure.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where each part of a context comes from: an option, else the context, else the environment, else the default. */
public final class ContextSources {
    public static final String CONTEXT_VARIABLE = "CONNECT_ADMIN_CONTEXT";
    public static final String CONTEXTS_VARIABLE = "CONNECT_ADMIN_CONTEXTS";
    public static final String CONNECT_VARIABLE = "CONNECT_URL";
    public static final String TOKEN_VARIABLE = "CONNECT_TOKEN";
    public static final String USER_VARIABLE = "CONNECT_USER";
    public static final String PASSWORD_VARIABLE = "CONNECT_PASSWORD";
    public static final String KAFKA_VARIABLE = "KAFKA_BOOTSTRAP_SERVERS";
    public static final String MONGODB_VARIABLE = "MONGODB_URI";
    public static final String WAREHOUSE_VARIABLE = "WAREHOUSE";
    public static final String SECRETS_FILE_VARIABLE = "CONNECT_SECRETS_FILE";
    public static final String ENDPOINT_VARIABLE = "S3_ENDPOINT";
    public static final String REGION_VARIABLE = "S3_REGION";
    public static final String ACCESS_KEY_VARIABLE = "S3_ACCESS_KEY";
    public static final String SECRET_KEY_VARIABLE = "S3_SECRET_KEY";

    private final Map<String, String> environment;

    public ContextSources(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * What the command line said; null where it said nothing.
     *
     * @param context a name in the file of contexts, or the path of a file with one
     */
    public record Options(
            @Nullable String context,
            @Nullable String connectUrl,
            @Nullable String bootstrapServers,
            @Nullable String mongodbUri,
            @Nullable String warehouse,
            @Nullable String s3Endpoint,
            @Nullable String s3Region,
            @Nullable String secretsFile) {}

    public Context resolve(Options options) {
        ContextValues values = values(options.context());
        String connectUrl = first(options.connectUrl(), values, ContextKey.CONNECT_URL, CONNECT_VARIABLE);
        var storage = new Storage(
                first(options.s3Endpoint(), values, ContextKey.S3_ENDPOINT, ENDPOINT_VARIABLE),
                first(options.s3Region(), values, ContextKey.S3_REGION, REGION_VARIABLE),
                secret(null, values, ContextKey.S3_ACCESS_KEY, ACCESS_KEY_VARIABLE),
                secret(null, values, ContextKey.S3_SECRET_KEY, SECRET_KEY_VARIABLE));
        return new Context(
                connectUrl == null ? Context.DEFAULT_CONNECT_URL : connectUrl,
                login(values),
                Tls.of(values, environment),
                first(options.bootstrapServers(), values, ContextKey.BOOTSTRAP_SERVERS, KAFKA_VARIABLE),
                secret(options.mongodbUri(), values, ContextKey.MONGODB_URI, MONGODB_VARIABLE),
                options.mongodbUri() != null,
                first(options.warehouse(), values, ContextKey.WAREHOUSE, WAREHOUSE_VARIABLE),
                first(options.secretsFile(), values, ContextKey.SECRETS_FILE, SECRETS_FILE_VARIABLE),
                storage);
    }

    /** The file of named contexts: {@link #CONTEXTS_VARIABLE}'s, else the user's own; empty where there is no home directory. */
    public Optional<ContextsFile> contextsFile() {
        String named = environment.getOrDefault(CONTEXTS_VARIABLE, "");
        if (!named.isBlank()) {
            return Optional.of(new ContextsFile(Path.of(named)));
        }
        String configuration = environment.getOrDefault("XDG_CONFIG_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        if (configuration.isBlank() && home.isBlank()) {
            return Optional.empty();
        }
        Path directory = configuration.isBlank() ? Path.of(home, ".config") : Path.of(configuration);
        return Optional.of(
                new ContextsFile(directory.resolve("connect-admin-cli").resolve("contexts.yaml")));
    }

    /** @throws CommandException where there is no home directory */
    public ContextsFile requiredContextsFile() {
        return contextsFile()
                .orElseThrow(() -> CommandException.usage(
                        "There is no place for the file of contexts: neither HOME nor XDG_CONFIG_HOME is set.",
                        "Name the file with " + CONTEXTS_VARIABLE + "."));
    }

    private ContextValues values(@Nullable String option) {
        String name = option == null ? environment.getOrDefault(CONTEXT_VARIABLE, "") : option;
        if (name.endsWith(".json") || name.contains("/") || name.contains("\\")) {
            return ContextFile.read(Path.of(name));
        }
        Contexts contexts = contextsFile().map(ContextsFile::read).orElseGet(() -> new Contexts(null, Map.of()));
        if (name.isBlank()) {
            return contexts.current() == null ? ContextValues.NONE : contexts.require(contexts.current());
        }
        boolean onlyAFile = contexts.find(name).isEmpty() && Files.isRegularFile(Path.of(name));
        return onlyAFile ? ContextFile.read(Path.of(name)) : contexts.require(name);
    }

    private Login login(ContextValues values) {
        Login login = Login.of(values, environment);
        if (!(login instanceof Login.Nobody)) {
            return login;
        }
        String token = environment.get(TOKEN_VARIABLE);
        String user = environment.get(USER_VARIABLE);
        String password = environment.get(PASSWORD_VARIABLE);
        if (token != null) {
            return new Login.Bearer(new Secret(token));
        }
        return user == null || password == null ? login : new Login.Basic(user, new Secret(password));
    }

    private @Nullable String first(@Nullable String option, ContextValues values, ContextKey key, String variable) {
        if (option != null) {
            return option;
        }
        String text = values.text(key);
        return text != null ? text : environment.get(variable);
    }

    private @Nullable Secret secret(@Nullable String option, ContextValues values, ContextKey key, String variable) {
        if (option != null) {
            return new Secret(option);
        }
        Secret named = values.secret(key, environment);
        String given = environment.get(variable);
        return named == null && given != null ? new Secret(given) : named;
    }
}
