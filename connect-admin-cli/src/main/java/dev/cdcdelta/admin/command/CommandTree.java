package dev.cdcdelta.admin.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/**
 * The commands below the root, by the first word of the command line. A run needs one of them, and to read the annotations of all takes
 * longer than most commands do: only the one that is named is built.
 */
public final class CommandTree {
    private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("pipeline", PipelineCommand.class);
        COMMANDS.put("connector", ConnectorCommand.class);
        COMMANDS.put("apply", ApplyCommand.class);
        COMMANDS.put("diff", DiffCommand.class);
        COMMANDS.put("validate", ValidateCommand.class);
        COMMANDS.put("plugins", PluginsCommand.class);
        COMMANDS.put("loggers", LoggersCommand.class);
        COMMANDS.put("topics", TopicsCommand.class);
        COMMANDS.put("health", HealthCommand.class);
        COMMANDS.put("doctor", DoctorCommand.class);
        COMMANDS.put("lag", LagCommand.class);
        COMMANDS.put("offsets", OffsetsCommand.class);
        COMMANDS.put("dlq", DlqCommand.class);
        COMMANDS.put("reconcile", ReconcileCommand.class);
        COMMANDS.put("query", QueryCommand.class);
        COMMANDS.put("table", TableCommand.class);
        COMMANDS.put("schema", SchemaCommand.class);
        COMMANDS.put("storage", StorageCommand.class);
        COMMANDS.put("audit", AuditCommand.class);
        COMMANDS.put("context", ContextCommand.class);
        COMMANDS.put("completion", CompletionCommand.class);
        COMMANDS.put("names", NamesCommand.class);
    }

    private CommandTree() {}

    /** Adds what these arguments need: one command, or all where they name none. */
    public static void add(CommandLine root, String... arguments) {
        for (String argument : arguments) {
            Class<?> command = COMMANDS.get(argument);
            if (command != null) {
                root.addSubcommand(argument, command);
                return;
            }
            // Options of the root take no value, so that the first other word is the command's name, or wrong.
            if (!argument.startsWith("-")) {
                break;
            }
        }
        addAll(root);
    }

    static void addAll(CommandLine root) {
        COMMANDS.forEach(root::addSubcommand);
    }
}
