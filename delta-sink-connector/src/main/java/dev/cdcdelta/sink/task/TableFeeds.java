package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.smt.schema.StructType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** The tables that the task's partitions feed. */
final class TableFeeds {
    private final List<Destination> destinations;
    private final @Nullable RecordField field;
    private final int mostOpen;
    private final Map<String, TableFeed> feeds = new LinkedHashMap<>();

    /**
     * @param field whose value is a variable of tables' names; null where topics alone tell the tables
     * @param mostOpen how many tables that a field tells stay open while nothing is under way for them
     */
    TableFeeds(List<Destination> destinations, @Nullable RecordField field, int mostOpen) {
        this.destinations = List.copyOf(destinations);
        this.field = field;
        this.mostOpen = mostOpen;
    }

    /** Whether a record's topic tells its tables, so that they are known before it is read. */
    boolean areKnownByTopic() {
        return field == null;
    }

    /** @throws DataException if the topic names no table */
    List<TableFeed> of(String topic) {
        List<TableFeed> found = new ArrayList<>();
        for (Destination destination : destinations) {
            addTo(found, destination, destination.router().location(topic));
        }
        return found;
    }

    /** @throws DataException if the record names no table */
    List<TableFeed> of(SinkRecord record, Change change) {
        if (field == null) {
            return of(record.originalTopic());
        }
        String value = field.of(record, change);
        List<TableFeed> found = new ArrayList<>();
        for (Destination destination : destinations) {
            addTo(found, destination, destination.router().location(record.originalTopic(), value));
        }
        return found;
    }

    private void addTo(List<TableFeed> found, Destination destination, String location) {
        TableFeed feed = feeds.computeIfAbsent(location, destination.feeds());
        if (found.contains(feed)) {
            throw new DataException("'table.name' and 'append.table.name' both name the table " + location
                    + "; give the second one a name of its own");
        }
        found.add(feed);
    }

    /**
     * The type of the documents that the topic's table holds or is about to hold; of no fields if there is none yet. Where a field tells
     * the tables, the documents of one topic are not of one table.
     */
    StructType documentType(String topic) {
        return areKnownByTopic() ? of(topic).get(0).documentType() : new StructType(List.of());
    }

    /** The feeds of a topic whose tables are known by now. */
    Optional<List<TableFeed>> find(String topic) {
        if (!areKnownByTopic()) {
            return Optional.of(feeds.values().stream()
                    .filter(feed -> feed.partitions().stream()
                            .anyMatch(partition -> partition.topic().equals(topic)))
                    .toList());
        }
        try {
            return Optional.of(of(topic));
        } catch (DataException unroutable) {
            // Its records are refused one by one, as the user's error tolerance has it.
            return Optional.empty();
        }
    }

    Collection<TableFeed> all() {
        return List.copyOf(feeds.values());
    }

    List<TableFeed> fedBy(TopicPartition partition) {
        return feeds.values().stream().filter(feed -> feed.isFedBy(partition)).toList();
    }

    List<TableFeed> fedByAny(Collection<TopicPartition> partitions) {
        return feeds.values().stream()
                .filter(feed -> partitions.stream().anyMatch(feed::isFedBy))
                .toList();
    }

    /** @throws IllegalStateException if there is none */
    TableFeed at(String location) {
        TableFeed feed = feeds.get(location);
        if (feed == null) {
            throw new IllegalStateException("nothing feeds " + location);
        }
        return feed;
    }

    /**
     * Where the consumer has to be for all tables of the partition to go on; one of them at {@code target}.
     *
     * @return empty if one of them has to begin with the first record there is
     */
    OptionalLong leastNext(TopicPartition partition, long target) {
        if (!areKnownByTopic()) {
            return OptionalLong.of(target);
        }
        long least = target;
        for (TableFeed feed : fedBy(partition)) {
            OptionalLong next = feed.next(partition);
            if (next.isEmpty()) {
                return next;
            }
            least = Math.min(least, next.getAsLong());
        }
        return OptionalLong.of(least);
    }

    /** Estimated heap of the batches that are being filled. */
    long bufferedBytes() {
        long bytes = 0;
        for (TableFeed feed : feeds.values()) {
            bytes += feed.bufferedBytes();
        }
        return bytes;
    }

    List<BufferBudget.Load> loads() {
        return feeds.values().stream()
                .map(feed -> new BufferBudget.Load(
                        feed.location(),
                        feed.bufferedBytes(),
                        feed.flushingBytes(),
                        feed.flush().isPresent()))
                .toList();
    }

    /** Forgets the tables that no partition feeds any more. */
    List<TableFeed> removeUnfed() {
        return remove(feed -> feed.partitions().isEmpty());
    }

    /**
     * Forgets tables that records alone tell and that none has come for lately; the next one has them opened again. Where topics tell
     * the tables, they are as many as the user has asked for.
     */
    List<TableFeed> removeIdle() {
        if (areKnownByTopic()) {
            return List.of();
        }
        List<TableFeed> idle = remove(TableFeed::isLongIdle);
        List<TableFeed> eldest = feeds.values().stream()
                .filter(TableFeed::isIdle)
                .sorted(Comparator.comparing(TableFeed::lastUse))
                .limit(Math.max(0, feeds.size() - mostOpen))
                .toList();
        idle.addAll(remove(eldest::contains));
        idle.forEach(feed -> feed.partitions().forEach(feed::disown));
        return idle;
    }

    private List<TableFeed> remove(Predicate<TableFeed> condition) {
        List<TableFeed> removed =
                new ArrayList<>(feeds.values().stream().filter(condition).toList());
        feeds.values().removeAll(removed);
        return removed;
    }

    /** The partitions of those feeds. */
    static Set<TopicPartition> partitions(Collection<TableFeed> feeds) {
        Set<TopicPartition> partitions = new LinkedHashSet<>();
        feeds.forEach(feed -> partitions.addAll(feed.partitions()));
        return partitions;
    }
}
