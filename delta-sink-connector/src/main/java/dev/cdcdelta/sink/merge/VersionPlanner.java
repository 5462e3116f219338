package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.BufferedChange;
import dev.cdcdelta.sink.batch.PartitionBatch;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.RowLocation;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * One row per version of a document: each change ends the version before it, and each but a delete begins one. A change older than the
 * one before it comes too late to be a version, and is left out.
 */
final class VersionPlanner implements MergePlanner {
    /** @param order the change's version, or that of the change before it where the source tells none */
    private record Event(TopicPartition partition, BufferedChange change, SourceVersion order) {}

    private final StoredKeys keys;
    private final long now;

    VersionPlanner(StoredKeys keys, long now) {
        this.keys = keys;
        this.now = now;
    }

    @Override
    public MergePlan plan(Collection<PartitionBatch> batches) {
        MergePlan.Draft draft = new MergePlan.Draft();
        events(batches).forEach((key, events) -> apply(key, accepted(key, events, draft), draft));
        return draft.finish();
    }

    private static Map<DocumentKey, List<Event>> events(Collection<PartitionBatch> batches) {
        Map<DocumentKey, List<Event>> events = new LinkedHashMap<>();
        for (PartitionBatch batch : batches) {
            for (BufferedChange change : batch.changes()) {
                List<Event> before = events.computeIfAbsent(change.key(), key -> new ArrayList<>(1));
                SourceVersion order = change.version();
                if (!order.isKnown() && !before.isEmpty()) {
                    order = before.get(before.size() - 1).order();
                }
                before.add(new Event(batch.partition(), change, order));
            }
        }
        events.values().forEach(VersionPlanner::mergePartitions);
        return events;
    }

    /** Within a partition changes come in their order. Only a key that moved between partitions has to be put in order by versions. */
    private static void mergePartitions(List<Event> events) {
        TopicPartition first = events.get(0).partition();
        if (events.stream().anyMatch(event -> !event.partition().equals(first))) {
            events.sort(Comparator.comparing(Event::order));
        }
    }

    private List<Event> accepted(DocumentKey key, List<Event> events, MergePlan.Draft draft) {
        List<Event> accepted = new ArrayList<>(events.size());
        SourceVersion held = keys.versionOf(key);
        for (Event event : events) {
            if (event.change().version().supersedes(held)) {
                accepted.add(event);
                held = event.change().version();
            } else {
                draft.addStale(1);
            }
        }
        return accepted;
    }

    private void apply(DocumentKey key, List<Event> events, MergePlan.Draft draft) {
        if (events.isEmpty()) {
            return;
        }
        Event first = events.get(0);
        Optional<RowLocation> stored = keys.find(key);
        boolean isUnheardOf = stored.isEmpty() && !keys.versionOf(key).isKnown();
        if (isUnheardOf && first.change().presumesDocument()) {
            draft.addStray(first.partition().topic());
        }
        stored.ifPresent(row -> draft.add(
                new RowChange.Rewritten(first.partition(), key, row, new RowChange.Amendment.Close(time(first)))));
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            if (!event.change().isDelete()) {
                Optional<Long> end = i + 1 < events.size() ? Optional.of(time(events.get(i + 1))) : Optional.empty();
                RowChange.Written written = new RowChange.Written(
                        event.partition(),
                        event.change(),
                        Optional.of(new RowChange.Validity(time(event), end)),
                        Optional.empty());
                draft.add(
                        event.change().updates().isEmpty()
                                ? written
                                : new RowChange.Updated(written, basis(events, i, stored)));
            }
        }
        Event last = events.get(events.size() - 1);
        if (last.change().isDelete()) {
            draft.delete(key, last.change().version(), last.partition());
        }
    }

    private static RowChange.Basis basis(List<Event> events, int index, Optional<RowLocation> stored) {
        if (index == 0) {
            return RowChange.Basis.of(events.get(0).change(), stored);
        }
        return events.get(index - 1).change().isDelete()
                ? new RowChange.Basis.Missing()
                : new RowChange.Basis.VersionBefore();
    }

    private long time(Event event) {
        return event.change().version().isKnown() ? event.change().version().timeMillis() : now;
    }
}
