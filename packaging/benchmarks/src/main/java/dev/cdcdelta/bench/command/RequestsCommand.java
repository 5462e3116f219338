package dev.cdcdelta.bench.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cdcdelta.bench.growth.RequestCounter;
import dev.cdcdelta.bench.growth.Requests;
import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackDescription;
import dev.cdcdelta.stack.StackOptions;
import dev.cdcdelta.stack.faults.FaultyStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** What object stores are paid by. */
@CommandLine.Command(
        name = "requests",
        description = {
            "Counts the requests to the object store of a commit and of a start, of a task of one partition in this JVM.",
            "Commits are averages over all, checkpoints and other upkeep of the table among them."
        },
        mixinStandardHelpOptions = true)
final class RequestsCommand implements Callable<Integer> {
    @CommandLine.Option(
            names = "--commits",
            defaultValue = "100",
            paramLabel = "N",
            description = "Of inserts, and as many of updates (default: ${DEFAULT-VALUE}).")
    private int commits;

    @CommandLine.Option(
            names = "--rows",
            defaultValue = "100",
            paramLabel = "N",
            description = "Of each commit (default: ${DEFAULT-VALUE}).")
    private int rows;

    @CommandLine.Mixin
    private WorkDirectory directories = new WorkDirectory();

    @CommandLine.Mixin
    private ResultsOption results = new ResultsOption();

    @Override
    public Integer call() throws IOException {
        Path directory = directories.create();
        RequestCounter counter = new RequestCounter();
        Requests.Figures figures;
        try (LocalStack stack = LocalStack.start(
                        StackOptions.fromEnvironment(directory, System.getenv()).withoutMongodb(),
                        System.err::println);
                FaultyStore store = FaultyStore.before(
                        Objects.requireNonNull(stack.description().s3Endpoint(), "an S3 server"))) {
            store.set(counter);
            figures = new Requests(storage(stack.description(), store, directory), counter, commits, rows).run();
        }
        directories.discard(directory);
        results.publish("requests", json(figures));
        return CommandLine.ExitCode.OK;
    }

    private static Map<String, String> storage(StackDescription stack, FaultyStore store, Path directory) {
        return Map.of(
                "warehouse", stack.warehouse(),
                "state.dir", directory.resolve("state").toString(),
                "hadoop.fs.s3a.endpoint", store.endpoint(),
                "hadoop.fs.s3a.endpoint.region", "us-east-1",
                "hadoop.fs.s3a.path.style.access", "true",
                "hadoop.fs.s3a.access.key", Objects.requireNonNull(stack.s3AccessKey()),
                "hadoop.fs.s3a.secret.key", Objects.requireNonNull(stack.s3SecretKey()));
    }

    private ObjectNode json(Requests.Figures figures) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode node = mapper.createObjectNode()
                .put("insertCommit", rounded(Requests.Figures.total(figures.insertCommit())))
                .put("updateCommit", rounded(Requests.Figures.total(figures.updateCommit())))
                .put("start", rounded(Requests.Figures.total(figures.start())));
        node.set("insertCommitByKind", mapper.valueToTree(figures.insertCommit()));
        node.set("updateCommitByKind", mapper.valueToTree(figures.updateCommit()));
        node.set("startByKind", mapper.valueToTree(figures.start()));
        return node.put("commits", commits).put("rows", rows);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
