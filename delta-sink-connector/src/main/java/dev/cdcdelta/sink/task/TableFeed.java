package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.batch.TableRows;
import dev.cdcdelta.sink.merge.FlushGivenUpException;
import dev.cdcdelta.sink.merge.TableSink;
import dev.cdcdelta.sink.schema.DocumentColumns;
import dev.cdcdelta.smt.schema.StructType;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** A table with the batch that is being filled for it. */
final class TableFeed {
    private final TableSink sink;
    private final TableBatch batch;

    TableFeed(TableSink sink, TableRows rows) {
        this.sink = sink;
        this.batch = new TableBatch(rows);
    }

    String location() {
        return sink.location();
    }

    TableBatch batch() {
        return batch;
    }

    void own(Set<TopicPartition> partitions) {
        sink.own(partitions);
        sink.columns().filter(columns -> !batch.rows().startsFrom(columns)).ifPresent(batch.rows()::rebase);
    }

    /** @return whether any partition is left */
    boolean disown(TopicPartition partition) {
        batch.drop(partition);
        return sink.disown(partition);
    }

    OptionalLong recordedOffset(TopicPartition partition) {
        return sink.recordedOffset(partition);
    }

    /** The type of the documents that the table holds or is about to hold; of no fields if there is none yet. */
    StructType documentType() {
        return batch.rows().columns().map(DocumentColumns::typeOf).orElseGet(() -> new StructType(List.of()));
    }

    /** Makes the batch durable and empties it; see {@link TableSink#flush}. */
    boolean flush(Map<TopicPartition, Long> bases) throws FlushGivenUpException {
        boolean recorded = sink.flush(batch, bases);
        batch.clear();
        return recorded;
    }
}
