package dev.cdcdelta.bench.peers;

import dev.cdcdelta.bench.limits.Limits;
import dev.cdcdelta.bench.load.OrderEvents;
import dev.cdcdelta.bench.load.OrderTopic;
import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackDescription;
import dev.cdcdelta.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Measures contenders one after the other, round by round, so that a machine that is slow for a while is slow for each. Every contender has
 * a broker and a topic of its own that holds the same bytes.
 */
public final class Peers {
    private final PeerSizes sizes;
    private final Set<Contender> contenders;
    private final Consumer<String> progress;
    private final PeerPrograms programs;

    /** What becomes of the directory of a measurement. */
    public interface Cleanup {
        void discard(Path directory);
    }

    public Peers(PeerSizes sizes, Set<Contender> contenders, Consumer<String> progress) {
        this.sizes = sizes;
        this.contenders = Set.copyOf(contenders);
        this.progress = progress;
        this.programs = PeerPrograms.find();
    }

    /** @param cleanup told of each directory in which a measurement is done */
    public List<Round> run(int rounds, Path directory, Cleanup cleanup) throws IOException {
        List<Round> all = new ArrayList<>();
        for (int number = 1; number <= rounds; number++) {
            List<Run> runs = new ArrayList<>();
            for (Contender contender : Contender.values()) {
                if (contenders.contains(contender)) {
                    Path own = directory.resolve("round" + number + "-" + contender.key());
                    progress.accept("round " + number + " of " + rounds + ": " + contender.title());
                    Run run = contender.kind() == Contender.Kind.SPARK
                            ? new SparkRun(sizes, programs, progress).run(contender, own)
                            : new ConnectRun(sizes, programs, progress).run(contender, own);
                    progress.accept(String.format(
                            "%s: %.0f records/s, %.1f s of processors per million, %.2f foreign cores, %d rows of %d",
                            contender.title(),
                            run.recordsPerSecond(),
                            run.cpuPerMillion(),
                            run.reading().foreignCores(),
                            run.rows(),
                            run.expected()));
                    runs.add(run);
                    cleanup.discard(own);
                }
            }
            Path own = directory.resolve("round" + number + "-limits");
            all.add(new Round(runs, limits(own)));
            cleanup.discard(own);
        }
        return all;
    }

    private Limits.Figures limits(Path directory) throws IOException {
        StackOptions options = StackOptions.in(directory)
                .withoutMongodb()
                .withStorage(new StackOptions.Storage.Files(directory.resolve("unused")));
        OrderEvents events = new OrderEvents(sizes.seed(), sizes.size(), "peer", "orders");
        try (LocalStack stack = LocalStack.start(options, progress)) {
            StackDescription description = stack.description();
            try (OrderTopic topic = new OrderTopic(description.bootstrapServers(), events, sizes.partitions())) {
                topic.fill(sizes.plan(Contender.OURS_APPEND), sizes.events());
                return new Limits(
                                description.bootstrapServers(),
                                description.pids().values(),
                                progress)
                        .run(topic.name(), directory);
            }
        }
    }
}
