package dev.cdcdelta.admin.doctor;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Kafka must keep events until they are in the table. */
public final class TopicRetentionCheck implements Check {
    private final Supplier<List<TopicState>> topics;
    private final Map<String, String> sink;
    private final Clock clock;

    public TopicRetentionCheck(Supplier<List<TopicState>> topics, Map<String, String> sink, Clock clock) {
        this.topics = topics;
        this.sink = Map.copyOf(sink);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "topics";
    }

    @Override
    public List<Diagnosis> run() {
        List<TopicState> states = topics.get();
        if (states.isEmpty()) {
            return List.of(Diagnosis.warning(
                    name(),
                    "None of the sink's topics exists.",
                    "The source has captured nothing yet, or 'topics' of the sink are not those that it writes.",
                    "Compare topic.prefix and collection.include.list of the source with topics of the sink."));
        }
        List<Diagnosis> all = new ArrayList<>();
        states.forEach(state -> lost(state, all));
        states.forEach(state -> late(state, all));
        compacted(states, all);
        if (all.isEmpty()) {
            long events = states.stream().mapToLong(TopicState::events).sum();
            all.add(Diagnosis.ok(
                    name(),
                    states.stream().map(TopicState::topic).collect(Collectors.toCollection(TreeSet::new)).size()
                            + " topics in " + states.size() + " partitions; " + events + " events are not in the table yet."));
        }
        return all;
    }

    private void lost(TopicState state, List<Diagnosis> all) {
        Long next = state.tableOffset();
        if (next != null && state.beginning() > next) {
            all.add(Diagnosis.failed(
                    name(),
                    place(state) + " begins at offset " + state.beginning() + ", and the table has come to " + next
                            + " only.",
                    "Kafka has deleted events that are not in the table, unless compaction or transactions left the gap.",
                    "Run reconciliation, or take a new snapshot of the source; keep the topic longer (retention.ms)."));
        }
    }

    private void late(TopicState state, List<Diagnosis> all) {
        long retention = Long.parseLong(state.config().getOrDefault("retention.ms", "-1"));
        if (retention < 0 || state.events() == 0 || state.sourceTime() == null || !deletes(state)) {
            return;
        }
        Duration lag = Duration.between(state.sourceTime(), clock.instant());
        if (lag.toMillis() > retention / 2) {
            all.add(Diagnosis.warning(
                    name(),
                    place(state) + " is " + OplogWindowCheck.text(lag) + " behind, and Kafka keeps events for "
                            + OplogWindowCheck.text(Duration.ofMillis(retention)) + ".",
                    "Events that expire before they are read are lost to the table.",
                    "Raise the topic's retention.ms at once, and give the sink more tasks."));
        }
    }

    /** Compaction leaves each document's newest event: right for the newest state, wrong for a history. */
    private void compacted(List<TopicState> states, List<Diagnosis> all) {
        if (sink.getOrDefault("write.mode", "upsert").equals("upsert") && !sink.containsKey("append.table.name")) {
            return;
        }
        TreeSet<String> compacted = states.stream()
                .filter(state -> state.config().getOrDefault("cleanup.policy", "").contains("compact"))
                .map(TopicState::topic)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!compacted.isEmpty()) {
            all.add(Diagnosis.warning(
                    name(),
                    "Kafka compacts " + String.join(", ", compacted) + ", and the sink writes every event.",
                    "Events that compaction takes out before they are read are missing from the table.",
                    "Set cleanup.policy=delete for the topics."));
        }
    }

    private static boolean deletes(TopicState state) {
        return state.config().getOrDefault("cleanup.policy", "delete").contains("delete");
    }

    private static String place(TopicState state) {
        return "Partition " + state.partition() + " of " + state.topic();
    }
}
