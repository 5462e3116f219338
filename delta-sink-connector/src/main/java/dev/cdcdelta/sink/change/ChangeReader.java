package dev.cdcdelta.sink.change;

import dev.cdcdelta.smt.ChangeHeaders;
import dev.cdcdelta.smt.SchemaEvolution;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.ForbiddenValueException;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads changes from records, in the order of their partition. A tombstone right behind a delete of the same key is how Debezium lets
 * Kafka compact the topic, and says nothing new; a lone one is a delete.
 */
public final class ChangeReader implements AutoCloseable {
    private final SchemaEvolution.Value<SinkRecord> envelopes;
    private final Map<TopicPartition, DocumentKey> lastDeletes = new HashMap<>();

    /**
     * Documents that come as text in Debezium's envelope are given a schema here.
     *
     * @param rules of those schemas
     * @param known the type of the documents that the table of a topic holds already, which their schema starts from
     */
    public ChangeReader(SchemaRules rules, Function<String, StructType> known) {
        envelopes = new SchemaEvolution.Value<>(known, rules);
    }

    /**
     * The change that the record tells.
     *
     * @return empty if the record changes nothing
     * @throws DataException if the record tells no change
     */
    public Optional<Change> read(SinkRecord record) {
        TopicPartition partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
        DocumentKey deletedBefore = lastDeletes.remove(partition);
        if (record.value() == null && header(record, ChangeHeaders.OPERATION) == null) {
            DocumentKey key = ConnectKey.ofTombstone(record);
            return key.equals(deletedBefore)
                    ? Optional.empty()
                    : Optional.of(new Change.Delete(key, SourceVersion.UNKNOWN));
        }
        SinkRecord typed = typed(record);
        if (typed == null) {
            return Optional.empty();
        }
        Change change = change(typed);
        if (change instanceof Change.Delete) {
            lastDeletes.put(partition, change.key());
        }
        return Optional.of(change);
    }

    /** Takes note of a record that has been dealt with, so that the next one is known to follow it. */
    public void recall(SinkRecord record) {
        try {
            read(record);
        } catch (DataException | ForbiddenValueException reportedBefore) {
            lastDeletes.remove(new TopicPartition(record.originalTopic(), record.originalKafkaPartition()));
        }
    }

    /** Forgets the partition's last record, and what its topic's documents have taught: what comes next does not follow them. */
    public void forget(TopicPartition partition) {
        lastDeletes.remove(partition);
        forgetDocuments(partition.topic());
    }

    /** Forgets what the topic's documents have taught; their schema starts from the table again. */
    public void forgetDocuments(String topic) {
        envelopes.forget(topic);
    }

    private @Nullable SinkRecord typed(SinkRecord record) {
        return header(record, ChangeHeaders.OPERATION) == null ? envelopes.apply(record) : record;
    }

    private static Change change(SinkRecord record) {
        Object operationLetter = header(record, ChangeHeaders.OPERATION);
        Operation operation = operationLetter == null ? Operation.UPDATE : Operation.of(operationLetter.toString());
        SourceVersion version = version(record);
        Object value = record.value();
        if (operation == Operation.DELETE || value == null) {
            return new Change.Delete(ConnectKey.ofEvent(record), version);
        }
        if (value instanceof Struct document) {
            return new Change.Upsert(ConnectKey.ofDocument(document), version, operation, document);
        }
        throw new DataException(
                "The value is neither a change event of Debezium's MongoDB connector nor a Struct with an _id, but "
                        + value.getClass().getName() + "; check 'value.converter' and its schemas.enable");
    }

    private static SourceVersion version(SinkRecord record) {
        Object time = header(record, ChangeHeaders.SOURCE_TIME);
        Object ordinal = header(record, ChangeHeaders.SOURCE_ORDINAL);
        if (!(time instanceof Number millis)) {
            return SourceVersion.UNKNOWN;
        }
        return new SourceVersion(millis.longValue(), ordinal instanceof Number number ? number.intValue() : 0);
    }

    private static @Nullable Object header(SinkRecord record, String name) {
        Header header = record.headers().lastWithName(name);
        return header == null ? null : header.value();
    }

    @Override
    public void close() {
        envelopes.close();
    }
}
