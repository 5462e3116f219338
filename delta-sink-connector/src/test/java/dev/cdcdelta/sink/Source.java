package dev.cdcdelta.sink;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Writes what Debezium's MongoDB connector would, as schemaless JSON: the key {@code a} is the string {@code "a"}. */
final class Source {
    private final Topics topics;
    private final TopicPartition partition;

    Source(Topics topics, TopicPartition partition) {
        this.topics = topics;
        this.partition = partition;
    }

    /** @param fields the document without its {@code _id}, as extended JSON without braces */
    Source upsert(String id, String fields, long version) {
        String document = "{\"_id\":\"" + id + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}";
        return event("u", key(id), document, version);
    }

    /**
     * An update whose document was not looked up.
     *
     * @param updated the new values by path, as extended JSON without braces
     */
    Source update(String id, String updated, long version) {
        return update(id, updated, List.of(), version);
    }

    Source update(String id, String updated, List<String> removed, long version) {
        Map<String, Object> description = new HashMap<>();
        description.put("updatedFields", "{" + updated + "}");
        description.put("removedFields", removed);
        topics.append(partition, null, key(id), null, envelope("u", null, null, description, version), null);
        return this;
    }

    /** A document that was not there before. */
    Source insert(String id, String fields) {
        return event("c", key(id), "{\"_id\":\"" + id + "\"," + fields + "}", 1);
    }

    /** @param id the {@code _id} as extended JSON */
    Source upsertOf(String id, String fields, long version) {
        return event("u", Map.of("id", id), "{\"_id\":" + id + (fields.isEmpty() ? "" : "," + fields) + "}", version);
    }

    /** A delete and the tombstone that Debezium sends after it. */
    Source delete(String id, long version) {
        deleteOnly(id, version);
        return tombstone(id);
    }

    /** @param before the document's last image */
    Source delete(String id, String before, long version) {
        event("d", key(id), before, null, version);
        return tombstone(id);
    }

    /** @param id the {@code _id} as extended JSON */
    Source deleteOf(String id, long version) {
        return event("d", Map.of("id", id), null, version);
    }

    Source deleteOnly(String id, long version) {
        return event("d", key(id), null, version);
    }

    Source tombstone(String id) {
        topics.append(partition, null, key(id), null, null, null);
        return this;
    }

    /** A record that is no change event. */
    Source garbage(String id) {
        topics.append(partition, null, key(id), null, "garbage", null);
        return this;
    }

    private Source event(String operation, Map<String, Object> key, @Nullable String after, long version) {
        return event(operation, key, null, after, version);
    }

    private Source event(
            String operation, Map<String, Object> key, @Nullable String before, @Nullable String after, long version) {
        topics.append(partition, null, key, null, envelope(operation, before, after, null, version), null);
        return this;
    }

    private static Map<String, Object> envelope(
            String operation,
            @Nullable String before,
            @Nullable String after,
            @Nullable Object description,
            long version) {
        Map<String, Object> source = new HashMap<>();
        source.put("ts_ms", version);
        source.put("ord", 1);
        source.put("db", "shop");
        source.put("collection", "orders");
        Map<String, Object> envelope = new HashMap<>();
        envelope.put("op", operation);
        envelope.put("before", before);
        envelope.put("after", after);
        envelope.put("updateDescription", description);
        envelope.put("source", source);
        return envelope;
    }

    private static Map<String, Object> key(String id) {
        return Map.of("id", "\"" + id + "\"");
    }
}
