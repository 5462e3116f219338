package dev.cdcdelta.stack;

import dev.cdcdelta.stack.process.StackException;
import dev.cdcdelta.stack.service.S3Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user may choose.
 *
 * @param directory holds everything of the stack
 * @param bootstrapServers a Kafka cluster to use instead of a broker of the stack's own
 * @param mongodbUri a MongoDB replica set to use instead of the stand-in
 * @param storage where tables go
 * @param workers how many Connect workers form the group
 * @param workerHeap of each worker, as {@code -Xmx} takes it
 * @param workerOptions of each worker's JVM beside these, such as agents
 * @param plugins directories of plugins that workers have besides Debezium's and this project's
 */
public record StackOptions(
        Path directory,
        Ports ports,
        Optional<String> bootstrapServers,
        Optional<String> mongodbUri,
        Storage storage,
        int workers,
        String workerHeap,
        List<String> workerOptions,
        List<Path> plugins) {
    public static final String BUCKET = "lake";

    private static final String WORKER_HEAP = "1g";

    /** Nobody listens there; the port is reserved. */
    private static final String NO_MONGODB = "mongodb://127.0.0.1:1";

    public StackOptions {
        if (workers < 1) {
            throw new StackException("A stack has one worker at least, not " + workers + ".");
        }
        workerOptions = List.copyOf(workerOptions);
        plugins = List.copyOf(plugins);
    }

    /** 0 stands for a free port; the first worker's is {@code connect}, the others take free ones. */
    public record Ports(int broker, int mongodb, int s3, int connect) {
        public static final Ports FREE = new Ports(0, 0, 0, 0);
    }

    public sealed interface Storage {
        /** An S3 server of the stack's own. */
        record OwnS3() implements Storage {}

        /** A server that runs elsewhere; the bucket is there. */
        record ExternalS3(S3Access access) implements Storage {}

        /** A directory, without S3. */
        record Files(Path warehouse) implements Storage {}
    }

    /** The stand-in and an S3 server of its own, on free ports. */
    public static StackOptions in(Path directory) {
        return new StackOptions(
                directory,
                Ports.FREE,
                Optional.empty(),
                Optional.empty(),
                new Storage.OwnS3(),
                1,
                WORKER_HEAP,
                List.of(),
                List.of());
    }

    /**
     * @param environment {@code KAFKA_BOOTSTRAP_SERVERS} names a Kafka cluster, {@code MONGODB_URI} names a MongoDB; {@code S3_ENDPOINT}, {@code S3_ACCESS_KEY},
     *     {@code S3_SECRET_KEY} and optionally {@code S3_BUCKET} an S3 server
     */
    public static StackOptions fromEnvironment(Path directory, Map<String, String> environment) {
        String endpoint = environment.getOrDefault("S3_ENDPOINT", "");
        Storage storage = endpoint.isBlank()
                ? new Storage.OwnS3()
                : new Storage.ExternalS3(new S3Access(
                        endpoint,
                        required(environment, "S3_ACCESS_KEY"),
                        required(environment, "S3_SECRET_KEY"),
                        environment.getOrDefault("S3_BUCKET", BUCKET)));
        return new StackOptions(
                directory,
                Ports.FREE,
                given(environment, "KAFKA_BOOTSTRAP_SERVERS"),
                given(environment, "MONGODB_URI"),
                storage,
                1,
                WORKER_HEAP,
                List.of(),
                List.of());
    }

    public StackOptions withPorts(Ports chosen) {
        return new StackOptions(
                directory, chosen, bootstrapServers, mongodbUri, storage, workers, workerHeap, workerOptions, plugins);
    }

    public StackOptions withStorage(Storage chosen) {
        return new StackOptions(
                directory, ports, bootstrapServers, mongodbUri, chosen, workers, workerHeap, workerOptions, plugins);
    }

    public StackOptions withWorkers(int number) {
        return new StackOptions(
                directory, ports, bootstrapServers, mongodbUri, storage, number, workerHeap, workerOptions, plugins);
    }

    /** @param heap as {@code -Xmx} takes it */
    public StackOptions withWorkerHeap(String heap) {
        return new StackOptions(
                directory, ports, bootstrapServers, mongodbUri, storage, workers, heap, workerOptions, plugins);
    }

    /** @param options of the workers' JVMs; an option that the stack sets too is the user's */
    public StackOptions withWorkerOptions(List<String> options) {
        return new StackOptions(
                directory, ports, bootstrapServers, mongodbUri, storage, workers, workerHeap, options, plugins);
    }

    /** Connectors of others, a directory each. */
    public StackOptions withPlugins(List<Path> directories) {
        return new StackOptions(
                directory,
                ports,
                bootstrapServers,
                mongodbUri,
                storage,
                workers,
                workerHeap,
                workerOptions,
                directories);
    }

    /** For what reads topics that something else fills. */
    public StackOptions withoutMongodb() {
        return new StackOptions(
                directory,
                ports,
                bootstrapServers,
                Optional.of(NO_MONGODB),
                storage,
                workers,
                workerHeap,
                workerOptions,
                plugins);
    }

    private static Optional<String> given(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new StackException("S3_ENDPOINT is set but " + name
                    + " is not. Set it, or unset S3_ENDPOINT to use the stack's own S3 server.");
        }
        return value;
    }
}
