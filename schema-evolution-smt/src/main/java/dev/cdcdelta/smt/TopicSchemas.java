package dev.cdcdelta.smt;

import dev.cdcdelta.smt.connect.DocumentWriter;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.registry.TopicHistories;
import dev.cdcdelta.smt.schema.SchemaRules;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.connect.data.Struct;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** The schemas of the topics that were used last. One that was forgotten begins with the next document of its topic. */
final class TopicSchemas {
    private final SchemaRules rules;
    private final TopicHistories histories;
    private final Cache<String, TopicSchema> schemas;

    TopicSchemas(SchemaRules rules, TopicHistories histories, int mostTopics) {
        this.rules = rules;
        this.histories = histories;
        this.schemas = new LRUCache<>(mostTopics);
    }

    Struct write(String topic, BsonDocument document) {
        TopicSchema schema = schemas.get(topic);
        return schema == null ? begin(topic, document) : schema.write(document);
    }

    /** The document of that extended JSON. */
    Struct write(String topic, String text) {
        TopicSchema schema = schemas.get(topic);
        return schema == null ? begin(topic, ExtendedJson.parseDocument(text)) : schema.write(text);
    }

    /** Of the topic's documents so far; null if there were none. */
    @Nullable
    DocumentWriter writer(String topic) {
        TopicSchema schema = schemas.get(topic);
        return schema == null ? null : schema.writer();
    }

    private Struct begin(String topic, BsonDocument first) {
        TopicSchema schema = new TopicSchema(histories.of(topic), first, rules);
        schemas.put(topic, schema);
        return schema.write(first);
    }

    void forget(String topic) {
        schemas.remove(topic);
    }
}
