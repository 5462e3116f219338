package dev.cdcdelta.bench.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cdcdelta.bench.torture.Torture;
import dev.cdcdelta.bench.torture.TorturePlan;
import dev.cdcdelta.bench.workload.TableComparison;
import dev.cdcdelta.bench.workload.Workload;
import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** A seeded workload through real workers that are killed. */
@CommandLine.Command(
        name = "torture",
        description = {
            "Runs a seeded workload of inserts, updates, deletes, late events and schema changes through a real worker,"
                    + " kills workers meanwhile as kill -9 does, and compares every field of the table with the model.",
            "With S3_ENDPOINT, S3_ACCESS_KEY, S3_SECRET_KEY (and S3_BUCKET) set, tables go to that S3 server.",
            "Exit code 0: the table is what it should be; 1: it is not."
        },
        mixinStandardHelpOptions = true)
final class TortureCommand implements Callable<Integer> {
    @CommandLine.Option(
            names = "--events",
            defaultValue = "20000",
            paramLabel = "N",
            description = "Default: ${DEFAULT-VALUE}.")
    private long events;

    @CommandLine.Option(
            names = "--kills",
            defaultValue = "5",
            paramLabel = "M",
            description = "How often a worker is killed (default: ${DEFAULT-VALUE}).")
    private int kills;

    @CommandLine.Option(
            names = "--seed",
            paramLabel = "S",
            description = "Determines all events and kills (default: a random one, which is printed).")
    private long seed = System.nanoTime() & 0xFFFFFF;

    @CommandLine.Option(
            names = "--partitions",
            defaultValue = "4",
            paramLabel = "P",
            description = "Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @CommandLine.Option(
            names = "--tasks",
            defaultValue = "2",
            paramLabel = "T",
            description = "Default: ${DEFAULT-VALUE}.")
    private int tasks;

    @CommandLine.Option(
            names = "--workers",
            defaultValue = "1",
            paramLabel = "W",
            description = "Default: ${DEFAULT-VALUE}.")
    private int workers;

    @CommandLine.Option(
            names = "--keys",
            paramLabel = "K",
            description = "How many documents there are at most (default: a fifth of the events).")
    private int keys;

    @CommandLine.Option(
            names = "--late",
            defaultValue = "30",
            paramLabel = "L",
            description = "Events of a thousand that come late or twice (default: ${DEFAULT-VALUE}).")
    private int latePerThousand;

    @CommandLine.Option(
            names = "--shared-state",
            description = "Workers share one state directory, as on one machine (default: each has its own).")
    private boolean sharedState;

    @CommandLine.ArgGroup
    private Place place = new Place();

    static final class Place {
        @CommandLine.Option(names = "--s3", description = "Tables on the stack's S3 server (default).")
        private boolean s3;

        @CommandLine.Option(names = "--file", description = "Tables in a directory.")
        private boolean file;
    }

    @CommandLine.Mixin
    private WorkDirectory directories = new WorkDirectory();

    @CommandLine.Mixin
    private ResultsOption results = new ResultsOption();

    @Override
    public Integer call() throws IOException {
        Workload workload = Workload.of(seed, events, new Workload.Namespace("bench", "torture", "events"))
                .withLatePerThousand(latePerThousand);
        TorturePlan plan = TorturePlan.of(
                        keys > 0 ? workload.withKeys(keys) : workload, partitions, tasks, workers, kills)
                .withSharedState(sharedState);
        Path directory = directories.create();
        say("torture with seed " + seed + " in " + directory);
        Torture.Outcome outcome;
        try (LocalStack stack = LocalStack.start(options(directory), TortureCommand::say)) {
            outcome = new Torture(stack, directory, TortureCommand::say).run(plan);
        }
        if (outcome.isClean()) {
            directories.discard(directory);
        } else {
            say("not clean; the logs, the topic and the table are in " + directory);
        }
        results.publish("torture", json(plan, outcome));
        return outcome.isClean() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private StackOptions options(Path directory) {
        StackOptions options =
                StackOptions.fromEnvironment(directory, System.getenv()).withWorkers(workers);
        return place.file
                ? options.withStorage(new StackOptions.Storage.Files(directory.resolve("warehouse")))
                : options;
    }

    private static ObjectNode json(TorturePlan plan, Torture.Outcome outcome) {
        ObjectMapper mapper = new ObjectMapper();
        TableComparison.Result table = outcome.table();
        ObjectNode node = mapper.createObjectNode()
                .put("rows", table.rows())
                .put("expected", table.expected())
                .put("missing", table.missing())
                .put("duplicated", table.duplicated())
                // Rows of documents that should not be there are wrong rows too.
                .put("different", table.different() + table.unexpected())
                .put("unexpected", table.unexpected())
                .put("seed", plan.workload().seed())
                .put("events", plan.workload().events())
                .put("kills", plan.kills().size())
                .put("killsWhileBehind", outcome.killsWhileBehind())
                .put("partitions", plan.partitions())
                .put("tasks", plan.tasks())
                .put("workers", plan.workers())
                .put("sharedState", plan.sharesState())
                .put("seconds", Math.round(outcome.seconds()))
                .put("commits", outcome.commits());
        if (!outcome.failure().isEmpty()) {
            node.put("failure", outcome.failure().lines().findFirst().orElse(""));
        }
        return node;
    }

    private static void say(String line) {
        System.err.println(line);
    }
}
