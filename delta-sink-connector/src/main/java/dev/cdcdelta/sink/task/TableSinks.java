package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.batch.TableRows;
import dev.cdcdelta.sink.merge.TableAccess;
import dev.cdcdelta.sink.merge.TableDesign;
import dev.cdcdelta.sink.merge.TableSink;
import dev.cdcdelta.sink.routing.TableRouter;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.StructType;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;

/** The tables that the task's partitions feed. */
final class TableSinks implements AutoCloseable {
    private final TableRouter router;
    private final TableAccess access;
    private final SchemaPlanner planner;
    private final ConflictPolicy conflicts;
    private final Map<String, TableFeed> sinks = new LinkedHashMap<>();

    TableSinks(TableRouter router, TableAccess access, SchemaPlanner planner, ConflictPolicy conflicts) {
        this.router = router;
        this.access = access;
        this.planner = planner;
        this.conflicts = conflicts;
    }

    /**
     * Opens the tables of the assigned partitions.
     *
     * @return the offsets that the tables have recorded, by the partitions that have a table to go to
     */
    Map<TopicPartition, OptionalLong> open(Collection<TopicPartition> opened) {
        Map<TableFeed, Set<TopicPartition>> feeding = new LinkedHashMap<>();
        for (TopicPartition partition : opened) {
            find(partition.topic())
                    .ifPresent(sink -> feeding.computeIfAbsent(sink, key -> new LinkedHashSet<>())
                            .add(partition));
        }
        Map<TopicPartition, OptionalLong> recorded = new HashMap<>();
        feeding.forEach((sink, partitions) -> {
            sink.own(partitions);
            partitions.forEach(partition -> recorded.put(partition, sink.recordedOffset(partition)));
        });
        return recorded;
    }

    private Optional<TableFeed> find(String topic) {
        try {
            return Optional.of(of(topic));
        } catch (DataException unroutable) {
            // Its records are refused one by one, as the user's error tolerance has it.
            return Optional.empty();
        }
    }

    /** @throws DataException if the topic names no table */
    TableFeed of(String topic) {
        return sinks.computeIfAbsent(router.location(topic), this::create);
    }

    /** The type of the documents that the topic's table holds or is about to hold; of no fields if there is none yet. */
    StructType documentType(String topic) {
        return of(topic).documentType();
    }

    void close(TopicPartition partition) {
        sinks.values().removeIf(sink -> !sink.disown(partition));
    }

    /** Ends all access to the storage. */
    @Override
    public void close() {
        access.indexes().close();
        access.tables().close();
    }

    Collection<TableFeed> all() {
        return List.copyOf(sinks.values());
    }

    long rowCount() {
        long rows = 0;
        for (TableFeed sink : sinks.values()) {
            rows += sink.batch().rowCount();
        }
        return rows;
    }

    long bytes() {
        long bytes = 0;
        for (TableFeed sink : sinks.values()) {
            bytes += sink.batch().bytes();
        }
        return bytes;
    }

    private TableFeed create(String location) {
        return new TableFeed(new TableSink(location, access, TableDesign.DEFAULT), new TableRows(planner, conflicts));
    }
}
