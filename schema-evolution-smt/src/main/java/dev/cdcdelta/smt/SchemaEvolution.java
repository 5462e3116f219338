package dev.cdcdelta.smt;

import dev.cdcdelta.smt.connect.DocumentWriter;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.registry.TopicHistories;
import dev.cdcdelta.smt.registry.TopicHistory;
import dev.cdcdelta.smt.schema.ConflictException;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import dev.cdcdelta.smt.schema.TypeInference;
import dev.cdcdelta.smt.update.UpdateDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.util.SimpleConfig;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Gives change events of MongoDB documents a schema that grows with the documents of their topic. Use one of the nested classes; what
 * they do not recognise they hand on as it is. Connect gives each task a transform of its own; threads that share one take turns.
 */
public abstract class SchemaEvolution<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {
    public static final String CONFLICT_POLICY = "conflict.policy";
    public static final String CONFLICT_POLICIES = "conflict.policies";
    public static final String SCHEMA_HINTS = "schema.hints";
    public static final String CACHED_TOPICS = "schema.cache.topics";
    public static final String UPDATE_MODE = "update.mode";
    public static final String DOCUMENT_TEXT = "document.text";

    public static final String DECIMAL_MODE = "decimal.mode";
    public static final String MAX_DEPTH = "schema.max.depth";
    public static final String MAX_COLUMNS = "schema.max.columns";

    public static final ConfigDef CONFIG_DEF = TransformConfig.DEFINITION;

    private static final StructType NOTHING_KNOWN = new StructType(List.of());

    private final String purpose;
    private final Function<String, StructType> known;
    private @Nullable Evolution evolution;

    private record Evolution(TopicSchemas schemas, boolean appliesUpdates, boolean keepsText, boolean isShared) {}

    private SchemaEvolution(String purpose, Function<String, StructType> known) {
        this.purpose = purpose;
        this.known = known;
    }

    @Override
    public void configure(Map<String, ?> properties) {
        SimpleConfig settings = new SimpleConfig(CONFIG_DEF, properties);
        TransformConfig config = TransformConfig.of(settings, firstPolicies());
        TopicHistories histories = TopicHistories.of(settings, purpose, config.rules(), known);
        evolution = new Evolution(
                new TopicSchemas(config.rules(), histories, config.cachedTopics()),
                config.appliesUpdates(),
                config.keepsText(),
                true);
    }

    /** For those who have read their settings themselves, and have no registry. */
    public final void configure(SchemaRules rules, boolean withUpdates, boolean withText) {
        TopicHistories histories = topic -> TopicHistory.startingWith(known.apply(topic));
        evolution = new Evolution(
                new TopicSchemas(rules, histories, TransformConfig.MOST_TOPICS), withUpdates, withText, false);
    }

    /**
     * Transforms one record.
     *
     * @throws DataException if the record is refused; the message tells topic, partition and, in a sink, offset
     * @throws ConflictException if its refusal is to stop the task
     */
    @Override
    public synchronized @Nullable R apply(R record) {
        return telling(record, this::transform);
    }

    /** Has messages of refusals tell which record it was. */
    final <T> @Nullable T telling(R record, Function<R, @Nullable T> work) {
        try {
            return work.apply(record);
        } catch (DataException refused) {
            throw new DataException(told(record, refused), refused);
        } catch (ConflictException stops) {
            throw new ConflictException(told(record, stops), stops);
        }
    }

    private String told(R record, ConnectException why) {
        String offset = record instanceof SinkRecord sunk ? ", offset " + sunk.kafkaOffset() : "";
        return "The " + purpose + " of a record of topic " + record.topic() + ", partition " + record.kafkaPartition()
                + offset + " cannot be given a schema. " + why.getMessage();
    }

    abstract @Nullable R transform(R record);

    /** Policies by field that come before the user's. */
    String firstPolicies() {
        return "";
    }

    /**
     * The document in the schema of its topic, which grows with it.
     *
     * @throws DataException if the document has a conflict that the policy refuses
     */
    public final synchronized Struct write(String topic, BsonDocument document) {
        return configured().schemas.write(topic, document);
    }

    /** The document of that extended JSON in the schema of its topic. */
    final Struct write(String topic, String text) {
        return configured().schemas.write(topic, text);
    }

    /** Forgets what the topic's documents have taught: its next document is the first one again. */
    public final synchronized void forget(String topic) {
        configured().schemas.forget(topic);
    }

    /** What writes the topic's documents; null if there were none yet, or if there is more to do with them. */
    public final synchronized @Nullable DocumentWriter writer(String topic) {
        return configured().isShared || keepsText()
                ? null
                : configured().schemas.writer(topic);
    }

    final boolean appliesUpdates() {
        return configured().appliesUpdates;
    }

    final boolean keepsText() {
        return configured().keepsText;
    }

    private Evolution configured() {
        if (evolution == null) {
            throw new IllegalStateException("The transform is used before it is configured");
        }
        return evolution;
    }

    @Override
    public ConfigDef config() {
        return CONFIG_DEF;
    }

    @Override
    public String version() {
        String version = SchemaEvolution.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    @Override
    public void close() {
        evolution = null;
    }

    /** Debezium's key {@code {"id": "<extended JSON>"}} becomes a Struct of one field, {@code _id}. */
    public static final class Key<R extends ConnectRecord<R>> extends SchemaEvolution<R> {
        private static final int MOST_TYPES = 100;

        /** For keys of other types than their topic's. */
        private final Map<StructType, DocumentWriter> others = new LinkedHashMap<>();

        public Key() {
            super("key", topic -> NOTHING_KNOWN);
        }

        /**
         * A key of another type has a schema of its own. With a field for such keys beside {@code _id}, all keys that follow would have
         * other bytes than before, and with them another partition.
         */
        @Override
        String firstPolicies() {
            return "_id=dlq,";
        }

        private Struct writeKey(String topic, BsonDocument key) {
            try {
                return write(topic, key);
            } catch (DataException ofAnotherType) {
                if (others.size() >= MOST_TYPES) {
                    others.clear();
                }
                return others.computeIfAbsent(
                                TypeInference.ofDocument(key, ConflictPolicy.SIDECAR), DocumentWriter::new)
                        .write(key)
                        .orElseThrow(() -> ofAnotherType);
            }
        }

        @Override
        R transform(R record) {
            return RecordKey.id(record.key())
                    .map(id -> writeKey(record.topic(), new BsonDocument("_id", id)))
                    .map(key -> record.newRecord(
                            record.topic(),
                            record.kafkaPartition(),
                            key.schema(),
                            key,
                            record.valueSchema(),
                            record.value(),
                            record.timestamp()))
                    .orElse(record);
        }
    }

    /**
     * Debezium's envelope becomes the document, and null for a delete; the rest of the envelope is handed on in the headers of {@link
     * ChangeHeaders}.
     *
     * <p>An update without an image is left out, unless {@code update.mode=apply} hands on what it changed, in the form of {@link
     * UpdateDescription#toConnect}. With {@code capture.mode=change_streams_update_full}, Debezium gives none where the
     * document was gone by the time MongoDB looked it up. The delete that took it away comes later in the change stream, with the same
     * {@code _id}, so in the same partition behind this event: the table misses a state that lasted until then and ends up right.
     * (If it was the whole collection that was dropped, no deletes follow; its rows stay as they were, with or without that update.)
     * With other capture modes every update is without an image, so the first one is reported as a warning.
     *
     * <p>Documents that ExtractNewDocumentState has flattened are given the topic's schema as well. The fields that it added become
     * headers, and the key becomes one of {@code _id}.
     */
    public static final class Value<R extends ConnectRecord<R>> extends SchemaEvolution<R> {
        private final SkippedUpdates skipped = new SkippedUpdates();

        public Value() {
            this(topic -> NOTHING_KNOWN);
        }

        /**
         * For those who know the documents of a topic before its first one comes.
         *
         * @param known the type from which a topic's type starts, by the topic's name
         */
        public Value(Function<String, StructType> known) {
            super("value", known);
        }

        @Override
        @Nullable
        R transform(R record) {
            if (record.value() == null) {
                return record;
            }
            Envelope envelope = Envelope.of(record.value()).orElse(null);
            if (envelope == null) {
                return FlatRecord.of(record.value())
                        .map(flat -> ofFlat(record, flat))
                        .orElse(record);
            }
            if (envelope.isUpdateWithoutImage() && !appliesUpdates()) {
                skipped.add(record);
                return null;
            }
            FlatKey key = new FlatKey(record.keySchema(), record.key());
            if (envelope.isUpdateWithoutImage()) {
                return typed(record, key, envelope.update().toConnect(), envelope.metadata());
            }
            String image = envelope.document().orElse(null);
            Struct document = image == null ? null : write(record.topic(), image);
            R typed = typed(record, key, document, envelope.metadata());
            if (image != null && keepsText()) {
                addText(typed, ExtendedJson.parseDocument(image));
            }
            return typed;
        }

        /**
         * The document that the record's envelope brings whole. Who reads it by himself, in the way of {@link DocumentWriter#rows}, need
         * not have the record transformed: the topic's type stays what it is.
         *
         * @return null if the record is another one, or is for {@link #apply} to read
         * @throws DataException as {@link #apply} does
         */
        public synchronized @Nullable WholeDocument wholeDocument(R record) {
            return telling(record, this::untransformed);
        }

        private @Nullable WholeDocument untransformed(R record) {
            DocumentWriter writer = record.value() == null ? null : writer(record.topic());
            Envelope envelope =
                    writer == null ? null : Envelope.of(record.value()).orElse(null);
            if (writer == null || envelope == null || envelope.isUpdateWithoutImage()) {
                return null;
            }
            String text = envelope.document().orElse(null);
            ChangeMetadata metadata = envelope.metadata();
            String operation = metadata.operation();
            return text == null || operation == null
                    ? null
                    : new WholeDocument(writer, text, operation, metadata.sourceTime(), metadata.sourceOrdinal());
        }

        private R ofFlat(R record, FlatRecord flat) {
            BsonDocument image = flat.document().orElse(null);
            Struct document = image == null ? null : write(record.topic(), image);
            FlatKey key = FlatRecord.key(record.keySchema(), record.key())
                    .orElseGet(() -> new FlatKey(record.keySchema(), record.key()));
            R typed = typed(record, key, document, flat.metadata());
            if (image != null && keepsText()) {
                addText(typed, image);
            }
            return typed;
        }

        private void addText(R typed, BsonDocument image) {
            typed.headers().add(ChangeHeaders.WHOLE_DOCUMENT, ExtendedJson.text(image), Schema.STRING_SCHEMA);
        }

        private R typed(R record, FlatKey key, @Nullable Struct value, ChangeMetadata metadata) {
            R typed = record.newRecord(
                    record.topic(),
                    record.kafkaPartition(),
                    key.schema(),
                    key.value(),
                    value == null ? null : value.schema(),
                    value,
                    record.timestamp(),
                    record.headers().duplicate());
            metadata.addTo(typed.headers());
            typed.headers().remove(ChangeHeaders.WHOLE_DOCUMENT);
            return typed;
        }
    }
}
