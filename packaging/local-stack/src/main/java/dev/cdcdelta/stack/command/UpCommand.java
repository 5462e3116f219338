package dev.cdcdelta.stack.command;

import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackDescription;
import dev.cdcdelta.stack.StackOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Starts the stack and stays until it is told to stop, or leaves it running in the background. */
@CommandLine.Command(
        name = "up",
        description = {
            "Starts the stack and stays; Ctrl-C stops it.",
            "With MONGODB_URI set, that replica set is used instead of the built-in stand-in; with S3_ENDPOINT,"
                    + " S3_ACCESS_KEY, S3_SECRET_KEY (and S3_BUCKET) that S3 server."
        },
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @CommandLine.Mixin
    private DirectoryOption directory = new DirectoryOption();

    @CommandLine.Option(names = "--detach", description = "Return when the stack is up and leave it running.")
    private boolean detach;

    @CommandLine.Option(names = "--broker-port", paramLabel = "PORT", description = "Default: a free port.")
    private int brokerPort;

    @CommandLine.Option(names = "--mongodb-port", paramLabel = "PORT", description = "Default: a free port.")
    private int mongodbPort;

    @CommandLine.Option(names = "--s3-port", paramLabel = "PORT", description = "Default: a free port.")
    private int s3Port;

    @CommandLine.Option(names = "--connect-port", paramLabel = "PORT", description = "Default: a free port.")
    private int connectPort;

    @CommandLine.Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "1",
            description = "Connect workers, all of one group (default: ${DEFAULT-VALUE}).")
    private int workers = 1;

    @CommandLine.Option(
            names = "--warehouse",
            paramLabel = "DIR",
            description = "Keep tables in this directory (a path or file:///path), without S3.")
    private @Nullable String warehouse;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (detach) {
            return DetachedStack.start(directory.stack(), arguments(), System.out::println);
        }
        try (LocalStack stack = LocalStack.start(options(), System.out::println)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stack-down"));
            print(stack.description());
            new WorkerRestarts(directory.stack(), stack, System.out::println).serveForever();
        }
        return 0;
    }

    private List<String> arguments() {
        return spec == null
                ? List.of()
                : spec.commandLine().getParseResult().originalArgs().stream()
                        .filter(argument -> !argument.equals("--detach"))
                        .toList();
    }

    private StackOptions options() {
        StackOptions options = StackOptions.fromEnvironment(directory.path(), System.getenv())
                .withPorts(new StackOptions.Ports(brokerPort, mongodbPort, s3Port, connectPort))
                .withWorkers(workers);
        if (warehouse == null) {
            return options;
        }
        String path = warehouse.startsWith("file:") ? URI.create(warehouse).getPath() : warehouse;
        return options.withStorage(new StackOptions.Storage.Files(Path.of(path)));
    }

    private void print(StackDescription description) {
        System.out.println();
        System.out.println("The stack is up.");
        System.out.println("  Kafka      " + description.bootstrapServers());
        System.out.println("  Connect    " + description.connectUrl());
        System.out.println("  MongoDB    " + description.mongodbUri());
        if (description.s3Endpoint() != null) {
            System.out.println("  S3         " + description.s3Endpoint());
        }
        System.out.println("  warehouse  " + description.warehouse());
        System.out.println("  details    " + directory.stack().description() + " (with the keys)");
        System.out.println("Next:");
        System.out.println("  curl " + description.connectUrl() + "/connector-plugins");
        System.out.println("  export CONNECT_ADMIN_CONTEXT=" + directory.stack().description());
        System.out.println("  connect-admin-cli pipeline create --database testdb --collection users");
        System.out.println("  stack down --dir " + directory.stack().root());
    }
}
