package dev.cdcdelta.stack;

import dev.cdcdelta.stack.process.FreePorts;
import dev.cdcdelta.stack.process.StackException;
import dev.cdcdelta.stack.service.BrokerService;
import dev.cdcdelta.stack.service.Installation;
import dev.cdcdelta.stack.service.MongoService;
import dev.cdcdelta.stack.service.ObjectStoreService;
import dev.cdcdelta.stack.service.S3Access;
import dev.cdcdelta.stack.service.WorkerService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which servers run where. Servers that run elsewhere are absent. */
record StackPlan(
        Optional<BrokerService> broker,
        Optional<MongoService> mongodb,
        Optional<ObjectStoreService> objectStore,
        List<WorkerService> workers,
        StackDescription.Addresses addresses) {

    static StackPlan of(StackOptions options, Installation installation, Path secretsFile) {
        FreePorts free = new FreePorts();
        StackOptions.Ports ports = options.ports();
        Optional<BrokerService> broker = options.bootstrapServers().isPresent()
                ? Optional.empty()
                : Optional.of(new BrokerService(port(ports.broker(), "broker", free), free.next()));
        String bootstrapServers = options.bootstrapServers()
                .or(() -> broker.map(BrokerService::bootstrapServers))
                .orElseThrow();
        Optional<MongoService> mongodb = options.mongodbUri().isPresent()
                ? Optional.empty()
                : Optional.of(new MongoService(port(ports.mongodb(), "mongodb", free)));
        Optional<ObjectStoreService> objectStore = options.storage() instanceof StackOptions.Storage.OwnS3
                ? Optional.of(ObjectStoreService.on(port(ports.s3(), "s3", free), StackOptions.BUCKET))
                : Optional.empty();
        List<Path> plugins = new ArrayList<>(installation.pluginDirectories());
        plugins.addAll(options.plugins());
        List<WorkerService> workers = new ArrayList<>();
        for (int number = 1; number <= options.workers(); number++) {
            int port = number == 1 ? port(ports.connect(), "connect", free) : free.next();
            workers.add(new WorkerService(
                    number, port, bootstrapServers, plugins, options.workerHeap(), options.workerOptions()));
        }
        Optional<S3Access> s3 = objectStore.map(ObjectStoreService::access).or(() -> externalS3(options));
        StackDescription.Addresses addresses = new StackDescription.Addresses(
                bootstrapServers,
                workers.stream().map(WorkerService::url).toList(),
                options.mongodbUri().or(() -> mongodb.map(MongoService::uri)).orElseThrow(),
                s3,
                warehouse(options, s3),
                secretsFile.toString());
        return new StackPlan(broker, mongodb, objectStore, List.copyOf(workers), addresses);
    }

    private static Optional<S3Access> externalS3(StackOptions options) {
        return options.storage() instanceof StackOptions.Storage.ExternalS3 external
                ? Optional.of(external.access())
                : Optional.empty();
    }

    private static String warehouse(StackOptions options, Optional<S3Access> s3) {
        if (options.storage() instanceof StackOptions.Storage.Files files) {
            return "file://" + files.warehouse().toAbsolutePath().normalize();
        }
        return "s3a://" + s3.orElseThrow().bucket() + "/warehouse";
    }

    private static int port(int chosen, String name, FreePorts free) {
        if (chosen == 0) {
            return free.next();
        }
        if (!FreePorts.isFree(chosen)) {
            throw new StackException("Port " + chosen + ", wanted for " + name
                    + ", is in use by another program. Choose another with --" + name
                    + "-port, or leave the option out to take a free one.");
        }
        return chosen;
    }
}
