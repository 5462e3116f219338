package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.context.Context;
import dev.cdcdelta.admin.deadletter.DeadLetterQueue;
import dev.cdcdelta.admin.deadletter.Replay;
import dev.cdcdelta.admin.deadletter.ReplayDecision;
import dev.cdcdelta.admin.deadletter.ReplayRules;
import dev.cdcdelta.admin.deadletter.ReplayTransaction;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.lag.KafkaOffsets;
import dev.cdcdelta.admin.lag.PipelineTopics;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.pipeline.Pipeline;
import dev.cdcdelta.admin.topic.TopicScan;
import dev.cdcdelta.sink.table.DeltaTables;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Letters back into their topics. */
@Command(
        name = "replay",
        description = {
            "Write open dead letters back into the topics that they came from, as they were.",
            "",
            "Mend the cause first. A letter goes back only if the table has no newer change of its document, and if the sink can tell"
                    + " that it is older than changes to come. Events and the marks of their letters are written in one transaction,"
                    + " so no letter is replayed twice. Not while a snapshot runs. Ends with 1 if a letter was refused.",
            ""
        })
final class DlqReplay implements Callable<Integer> {
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(60);
    private static final int SHOWN = 1000;

    @Parameters(
            paramLabel = "PIPELINE",
            completionCandidates = NameCompletion.Pipelines.class,
            description = "Pipeline whose sink's letters are replayed.")
    private String name = "";

    @Mixin
    private DlqOptions which = new DlqOptions();

    @Option(names = "--place", paramLabel = "PARTITION:OFFSET", description = "Only the letter there.")
    private @Nullable String place;

    @Option(
            names = "--allow-forgotten-deletes",
            description = "Replay letters too whose document may have been deleted so long ago that the table has forgotten it.")
    private boolean allowForgottenDeletes;

    @Option(names = "--dry-run", description = "Show what would be done with each letter, and write nothing.")
    private boolean dryRun;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Map<ReplayDecision.Action, Long> counts = new EnumMap<>(ReplayDecision.Action.class);
    private final List<List<Object>> rows = new ArrayList<>();

    @Override
    public Integer call() {
        Context context = where.context();
        String kafka = DlqTarget.kafka(context);
        Pipeline pipeline = PipelineLookup.require(where.connect(), name);
        String topic = DlqOptions.queue(pipeline);
        Map<String, String> sink = pipeline.sink() == null ? Map.of() : pipeline.sink().config();
        PipelineTopics topics = new PipelineTopics(sink);
        try (TopicScan scan = TopicScan.connect(kafka);
                DeltaTables tables = new DeltaTables(context.storage().options());
                Writer writer = new Writer(kafka, topic)) {
            ReplayRules rules =
                    new ReplayRules(sink, names(topics, kafka), allowForgottenDeletes, Clock.systemUTC());
            new Replay(rules, from -> tables.open(topics.tableLocation(from)), writer, this::tell)
                    .run(
                            new DeadLetterQueue(scan, topic),
                            which.filter(
                                    Optional.of(pipeline.name().sink()),
                                    Optional.ofNullable(place).map(DlqOptions::place)));
        }
        output.write(report());
        return (counts.containsKey(ReplayDecision.Action.REFUSED) ? ExitCode.CHECK_FAILED : ExitCode.OK).number();
    }

    private static Set<String> names(PipelineTopics topics, String kafka) {
        try (KafkaOffsets offsets = KafkaOffsets.connect(kafka, KAFKA_TIMEOUT)) {
            return topics.names(offsets);
        }
    }

    private void tell(ReplayDecision decision) {
        counts.merge(decision.action(), 1L, Long::sum);
        if (rows.size() < SHOWN) {
            rows.add(List.of(
                    decision.letter().place().toString(),
                    decision.letter().origin().topic(),
                    decision.letter().origin().partition(),
                    decision.letter().origin().offset(),
                    (dryRun ? "would be " : "") + word(decision.action()),
                    decision.why()));
        }
    }

    private static String word(ReplayDecision.Action action) {
        return action == ReplayDecision.Action.REPLAY ? "replayed" : action.toString();
    }

    private Report report() {
        Map<String, Object> facts = new java.util.LinkedHashMap<>();
        for (ReplayDecision.Action action : ReplayDecision.Action.values()) {
            facts.put(word(action), counts.getOrDefault(action, 0L));
        }
        facts.put("dryRun", dryRun);
        return Report.Sections.of("summary", new Report.Facts(facts))
                .and(
                        "letters",
                        new Report.Rows(List.of("place", "topic", "partition", "offset", "result", "why"), rows));
    }

    /** Opens its producer with the first batch: a trial needs no right to write. */
    private final class Writer implements Consumer<List<ReplayDecision>>, AutoCloseable {
        private final String kafka;
        private final String topic;
        private @Nullable ReplayTransaction transaction;

        Writer(String kafka, String topic) {
            this.kafka = kafka;
            this.topic = topic;
        }

        @Override
        public void accept(List<ReplayDecision> decisions) {
            if (dryRun) {
                return;
            }
            ReplayTransaction open = transaction;
            if (open == null) {
                open = ReplayTransaction.connect(kafka, topic, KAFKA_TIMEOUT);
                transaction = open;
            }
            open.commit(decisions);
        }

        @Override
        public void close() {
            if (transaction != null) {
                transaction.close();
            }
        }
    }
}
