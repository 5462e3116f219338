package dev.cdcdelta.smt;

import dev.cdcdelta.smt.connect.DocumentWriter;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.ForbiddenValueException;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import dev.cdcdelta.smt.schema.TypeInference;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.util.SimpleConfig;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Gives change events of MongoDB documents a schema that grows with the documents of their topic. Use one of the nested classes; what
 * they do not recognise they hand on as it is.
 */
public abstract class SchemaEvolution<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {
    public static final String CONFLICT_POLICY = SchemaOptions.CONFLICT_POLICY;
    public static final String CACHED_TOPICS = "schema.cache.topics";

    private static final int DEFAULT_CACHED_TOPICS = 1000;

    public static final ConfigDef CONFIG_DEF = SchemaOptions.define(new ConfigDef())
            .define(
                    CACHED_TOPICS,
                    ConfigDef.Type.INT,
                    DEFAULT_CACHED_TOPICS,
                    ConfigDef.Range.atLeast(1),
                    ConfigDef.Importance.LOW,
                    "Number of topics whose schemas are kept; the least recently used one is forgotten and starts again with"
                            + " the next document of its topic.");

    private static final StructType NOTHING_KNOWN = new StructType(List.of());

    private final String purpose;
    private final Function<String, StructType> known;
    private @Nullable Evolution evolution;

    private record Evolution(SchemaRules rules, Cache<String, TopicSchema> schemas) {}

    private SchemaEvolution(String purpose, Function<String, StructType> known) {
        this.purpose = purpose;
        this.known = known;
    }

    @Override
    public void configure(Map<String, ?> properties) {
        SimpleConfig config = new SimpleConfig(CONFIG_DEF, properties);
        evolve(SchemaOptions.rules(config), config.getInt(CACHED_TOPICS));
    }

    final void evolve(SchemaRules rules, int topics) {
        evolution = new Evolution(rules, new LRUCache<>(topics));
    }

    /**
     * Transforms one record.
     *
     * @throws DataException if the record is refused; the message tells topic, partition and, in a sink, offset
     * @throws ForbiddenValueException if the record is in conflict and the policy is to stop
     */
    @Override
    public @Nullable R apply(R record) {
        try {
            return transform(record);
        } catch (DataException refused) {
            String offset = record instanceof SinkRecord sunk ? ", offset " + sunk.kafkaOffset() : "";
            throw new DataException(
                    "The " + purpose + " of a record of topic " + record.topic() + ", partition "
                            + record.kafkaPartition() + offset + " cannot be given a schema. " + refused.getMessage(),
                    refused);
        } catch (ForbiddenValueException stop) {
            String offset = record instanceof SinkRecord sunk ? ", offset " + sunk.kafkaOffset() : "";
            throw new ForbiddenValueException(
                    "The " + purpose + " of a record of topic " + record.topic() + ", partition "
                            + record.kafkaPartition() + offset + " stops the task. " + stop.getMessage(),
                    stop);
        }
    }

    abstract @Nullable R transform(R record);

    /** The document in the schema of its topic. */
    final Struct write(String topic, BsonDocument document) {
        Evolution configured = configured();
        TopicSchema schema = configured.schemas.get(topic);
        if (schema == null) {
            schema = new TopicSchema(known.apply(topic), document, configured.rules);
            configured.schemas.put(topic, schema);
        }
        return schema.write(document);
    }

    /** Forgets what the topic's documents have taught: its next document is the first one again. */
    public final void forget(String topic) {
        configured().schemas.remove(topic);
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

    /**
     * Debezium's key {@code {"id": "<extended JSON>"}} becomes a Struct of one field, {@code _id}, in a schema of that {@code _id}'s own
     * type. It does not evolve: whatever other {@code _id}s a collection has, a document's key keeps its bytes, and with them its
     * partition.
     */
    public static final class Key<R extends ConnectRecord<R>> extends SchemaEvolution<R> {
        private static final int MAX_TYPES = 100;

        private final Cache<StructType, DocumentWriter> writers = new LRUCache<>(MAX_TYPES);

        public Key() {
            super("key", topic -> NOTHING_KNOWN);
        }

        @Override
        R transform(R record) {
            return RecordKey.id(record.key())
                    .map(id -> write(new BsonDocument(FieldNames.ID, id)))
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

        private Struct write(BsonDocument key) {
            StructType type = TypeInference.ofDocument(key, SchemaRules.DEFAULT);
            DocumentWriter writer = writers.get(type);
            if (writer == null) {
                writer = new DocumentWriter(type);
                writers.put(type, writer);
            }
            return writer.write(key)
                    .orElseThrow(() -> new IllegalStateException("A key does not fit the type that it has"));
        }
    }

    /**
     * Debezium's envelope becomes the document, and null for a delete; the rest of the envelope is handed on in the headers of {@link
     * ChangeHeaders}.
     *
     * <p>An update without an image is left out. With {@code capture.mode=change_streams_update_full}, Debezium gives none where the
     * document was gone by the time MongoDB looked it up. The delete that took it away comes later in the change stream, with the same
     * {@code _id}, so in the same partition behind this event: the table misses a state that lasted until then and ends up right.
     * (If it was the whole collection that was dropped, no deletes follow; its rows stay as they were, with or without that update.)
     * With other capture modes every update is without an image, so the first one is reported as a warning.
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

        /**
         * The same, configured already.
         *
         * @param known the type from which a topic's type starts, by the topic's name
         */
        public Value(Function<String, StructType> known, SchemaRules rules) {
            super("value", known);
            evolve(rules, DEFAULT_CACHED_TOPICS);
        }

        @Override
        @Nullable
        R transform(R record) {
            Envelope envelope =
                    record.value() == null ? null : Envelope.of(record.value()).orElse(null);
            if (envelope == null) {
                return record;
            }
            if (envelope.isUpdateWithoutImage()) {
                skipped.add(record);
                return null;
            }
            Struct document = envelope.document()
                    .map(image -> write(record.topic(), image))
                    .orElse(null);
            R typed = record.newRecord(
                    record.topic(),
                    record.kafkaPartition(),
                    record.keySchema(),
                    record.key(),
                    document == null ? null : document.schema(),
                    document,
                    record.timestamp(),
                    record.headers().duplicate());
            envelope.addTo(typed.headers());
            return typed;
        }
    }
}
