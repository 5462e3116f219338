package dev.cdcdelta.sink.change;

import dev.cdcdelta.smt.ChangeHeaders;
import dev.cdcdelta.smt.SchemaEvolution;
import dev.cdcdelta.smt.WholeDocument;
import dev.cdcdelta.smt.connect.DocumentWriter;
import dev.cdcdelta.smt.ejson.TextCursor;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.registry.OriginalNames;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import dev.cdcdelta.smt.update.UpdateDescription;
import java.time.Instant;
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
    /** Delta's timestamps hold these years. */
    private static final long FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();

    private static final long LAST_TIME =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private final SchemaEvolution.Value<SinkRecord> envelopes;
    private final DocumentPolicy documents;
    private final EnvelopeScanner scanner = new EnvelopeScanner(EnvelopeBytes.JSON);
    private final TextCursor cursor = new TextCursor();
    private final OriginalNames names = new OriginalNames();
    private final Map<TopicPartition, DocumentKey> lastDeletes = new HashMap<>();

    /**
     * Documents that come as text in Debezium's envelope are given a schema here.
     *
     * @param rules what types fields have, and what becomes of values that do not fit
     * @param known the type of the documents that the table of a topic holds already, which their schema starts from
     */
    public ChangeReader(SchemaRules rules, DocumentPolicy documents, Function<String, StructType> known) {
        this.documents = documents;
        envelopes = new SchemaEvolution.Value<>(known);
        envelopes.configure(rules, documents.appliesUpdates(), documents.keepsText());
    }

    /**
     * The change that the record tells.
     *
     * @return empty if the record changes nothing
     * @throws DataException if the record tells no change
     */
    public Optional<Change> read(SinkRecord received) {
        return read(received, DirectRows.NONE);
    }

    /**
     * The same, as a row where the table takes the document's text.
     *
     * @param rows of the one table that the change goes to
     */
    public Optional<Change> read(SinkRecord received, DirectRows rows) {
        Change.Row scanned = scanned(received, rows);
        if (scanned != null) {
            lastDeletes.remove(new TopicPartition(received.originalTopic(), received.originalKafkaPartition()));
            return Optional.of(scanned);
        }
        SinkRecord record = original(EnvelopeBytes.read(received));
        TopicPartition partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
        DocumentKey deletedBefore = lastDeletes.remove(partition);
        if (record.value() == null && header(record, ChangeHeaders.OPERATION) == null) {
            DocumentKey key = ConnectKey.ofTombstone(record);
            return key.equals(deletedBefore)
                    ? Optional.empty()
                    : Optional.of(new Change.Delete(key, SourceVersion.UNKNOWN));
        }
        Change.Row row = row(record, rows);
        if (row != null) {
            return Optional.of(row);
        }
        SinkRecord typed = typed(record);
        if (typed == null) {
            return Optional.empty();
        }
        if (typed == record && typed.value() instanceof Struct document) {
            WholeTexts.require(document);
        }
        Change change = change(typed, record);
        if (change instanceof Change.Delete) {
            lastDeletes.put(partition, change.key());
        }
        return Optional.of(change);
    }

    /** Takes note of a record that has been dealt with, so that the next one is known to follow it. */
    public void recall(SinkRecord record) {
        try {
            read(record);
        } catch (DataException reportedBefore) {
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

    /** The row of an envelope that is bytes; null if it is to be read in another way. */
    private Change.@Nullable Row scanned(SinkRecord record, DirectRows rows) {
        if (rows == DirectRows.NONE
                || !(record.value() instanceof byte[] bytes)
                || header(record, ChangeHeaders.OPERATION) != null) {
            return null;
        }
        DocumentWriter writer = envelopes.writer(record.topic());
        return writer != null && scanner.scan(bytes)
                ? row(rows, writer, scanner.document(), scanner.operation(), scanner.time(), scanner.ordinal())
                : null;
    }

    /** The row of an envelope; null if it is to be read in another way. */
    private Change.@Nullable Row row(SinkRecord record, DirectRows rows) {
        WholeDocument whole = rows == DirectRows.NONE || header(record, ChangeHeaders.OPERATION) != null
                ? null
                : envelopes.wholeDocument(record);
        if (whole == null) {
            return null;
        }
        cursor.over(whole.text());
        return row(rows, whole.writer(), cursor, whole.operation(), whole.sourceTime(), whole.sourceOrdinal());
    }

    private static Change.@Nullable Row row(
            DirectRows rows,
            DocumentWriter writer,
            TextCursor text,
            String operation,
            @Nullable Long time,
            @Nullable Integer ordinal) {
        if (time != null && !isTime(time)) {
            return null;
        }
        SourceVersion version =
                time == null ? SourceVersion.UNKNOWN : new SourceVersion(time, ordinal == null ? 0 : ordinal);
        return rows.row(writer, text, version, Operation.of(operation));
    }

    private @Nullable SinkRecord typed(SinkRecord record) {
        return header(record, ChangeHeaders.OPERATION) == null ? envelopes.apply(record) : record;
    }

    /** Undoes what Avro asked of field names, where the transform ran before an Avro converter. */
    private SinkRecord original(SinkRecord record) {
        Object key = names.restored(record.key());
        Object value = names.restored(record.value());
        return key == record.key() && value == record.value()
                ? record
                : record.newRecord(
                        record.topic(),
                        record.kafkaPartition(),
                        key instanceof Struct struct ? struct.schema() : record.keySchema(),
                        key,
                        value instanceof Struct struct ? struct.schema() : record.valueSchema(),
                        value,
                        record.timestamp());
    }

    private Change change(SinkRecord record, SinkRecord original) {
        Object operationLetter = header(record, ChangeHeaders.OPERATION);
        Operation operation = operationLetter == null ? Operation.UPDATE : Operation.of(operationLetter.toString());
        SourceVersion version = version(record);
        Object value = record.value();
        if (operation == Operation.DELETE || value == null) {
            return new Change.Delete(ConnectKey.ofEvent(record), version);
        }
        if (UpdateDescription.isOne(value)) {
            return update(record, version, original);
        }
        if (value instanceof Struct document) {
            String text = documents.keepsText() ? text(record) : null;
            return new Change.Upsert(ConnectKey.ofDocument(document), version, operation, document, text);
        }
        throw new DataException(
                "The value is neither a change event of Debezium's MongoDB connector nor a Struct with an _id, but "
                        + value.getClass().getName() + "; check 'value.converter' and its schemas.enable");
    }

    private Change update(SinkRecord record, SourceVersion version, SinkRecord original) {
        if (!documents.appliesUpdates()) {
            throw new DataException(
                    "The event tells what an update changed, which the transform was told to hand on with"
                            + " update.mode=apply, but the connector was not told to apply it. Set 'update.mode' to 'apply' in the"
                            + " connector too, or take it out of the transform");
        }
        return new Change.Update(ConnectKey.ofEvent(record), version, UpdateDescription.of(record.value()), original);
    }

    private static String text(SinkRecord record) {
        if (header(record, ChangeHeaders.WHOLE_DOCUMENT) instanceof String text) {
            return text;
        }
        throw new DataException(
                "The record does not have the document's text in its header '" + ChangeHeaders.WHOLE_DOCUMENT
                        + "', which 'document.text' = 'true' asks for. Set document.text=true in the SchemaEvolution transform; if it"
                        + " runs in the source connector, set header.converter to org.apache.kafka.connect.json.JsonConverter in both"
                        + " connectors, for Connect's default takes such a text apart. Records of other sources have none: take"
                        + " 'document.text' out then");
    }

    private static SourceVersion version(SinkRecord record) {
        Object time = header(record, ChangeHeaders.SOURCE_TIME);
        Object ordinal = header(record, ChangeHeaders.SOURCE_ORDINAL);
        if (!(time instanceof Number millis)) {
            return SourceVersion.UNKNOWN;
        }
        if (!isTime(millis.longValue())) {
            throw new DataException(
                    "The source time of the change, " + millis + " ms since 1970, lies outside the years 1 to"
                            + " 9999, so no row can tell it. Check what else writes to the topic, and the transforms that change"
                            + " 'source.ts_ms' or the headers");
        }
        return new SourceVersion(millis.longValue(), ordinal instanceof Number number ? number.intValue() : 0);
    }

    private static boolean isTime(long millis) {
        return millis >= FIRST_TIME && millis <= LAST_TIME;
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
