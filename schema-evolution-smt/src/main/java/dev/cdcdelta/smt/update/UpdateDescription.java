package dev.cdcdelta.smt.update;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What an update changed in a document, as MongoDB's change streams tell it: paths with dots between their steps.
 *
 * @param updated the new values by path
 * @param removed paths of fields that are gone
 * @param paths the steps of the paths that a dot or a number in a name makes ambiguous: text for a field, an int32 for an index of
 *     an array; MongoDB tells them from 6.1 on, if it is asked to
 * @see <a href="https://www.mongodb.com/docs/manual/reference/change-events/update/">MongoDB's update event</a>
 */
public record UpdateDescription(
        BsonDocument updated, List<String> removed, List<Truncation> truncated, Map<String, List<BsonValue>> paths) {
    private static final String UPDATED = "updatedFields";
    private static final String REMOVED = "removedFields";
    private static final String TRUNCATED = "truncatedArrays";
    private static final String PATHS = "disambiguatedPaths";
    private static final String FIELD = "field";
    private static final String SIZE = "size";

    private static final Schema TRUNCATION = SchemaBuilder.struct()
            .field(FIELD, Schema.STRING_SCHEMA)
            .field(SIZE, Schema.INT32_SCHEMA)
            .build();

    /** The Connect form of a description on its way from the transform to the sink. */
    private static final Schema SCHEMA = SchemaBuilder.struct()
            .name("dev.cdcdelta.mongodb.UpdateDescription")
            .optional()
            .field(UPDATED, Schema.OPTIONAL_STRING_SCHEMA)
            .field(REMOVED, SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build())
            .field(TRUNCATED, SchemaBuilder.array(TRUNCATION).optional().build())
            .field(PATHS, Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    /** The array at the path has no more elements than {@code size}. */
    public record Truncation(String path, int size) {}

    public UpdateDescription {
        removed = List.copyOf(removed);
        truncated = List.copyOf(truncated);
        paths = Collections.unmodifiableMap(new LinkedHashMap<>(paths));
    }

    /**
     * Reads the {@code updateDescription} of Debezium's envelope, schemaless or not, or what {@link #toConnect} made of one.
     *
     * @throws DataException if it is none
     */
    public static UpdateDescription of(Object value) {
        return new UpdateDescription(
                document(field(value, UPDATED), UPDATED),
                texts(field(value, REMOVED)),
                truncations(field(value, TRUNCATED)),
                paths(field(value, PATHS)));
    }

    /** Whether the value is a description and no document. */
    public static boolean isOne(@Nullable Object value) {
        return value instanceof Struct struct
                && SCHEMA.name().equals(struct.schema().name());
    }

    /** The description as a Connect value. */
    public Struct toConnect() {
        BsonDocument ambiguous = new BsonDocument();
        paths.forEach((path, steps) -> ambiguous.put(path, new BsonArray(steps)));
        return new Struct(SCHEMA)
                .put(UPDATED, ExtendedJson.text(updated))
                .put(REMOVED, removed)
                .put(
                        TRUNCATED,
                        truncated.stream()
                                .map(each -> new Struct(TRUNCATION)
                                        .put(FIELD, each.path)
                                        .put(SIZE, each.size))
                                .toList())
                .put(PATHS, ambiguous.isEmpty() ? null : ExtendedJson.text(ambiguous));
    }

    /**
     * The document after the update; {@code before} itself stays as it is.
     *
     * <p>A document may be ahead of the update: a snapshot reads it as it is by then, and the events since the snapshot's beginning
     * follow. So a path that leads through a value without parts makes room for itself, and what is to be removed or cut short may be
     * missing. The later updates, which made the document what it is, follow and end in the same document, as they do when a
     * member of a replica set copies documents while their log goes on.
     *
     * @throws DataException if an array would have to grow by more than MongoDB itself lets it
     */
    public BsonDocument applyTo(BsonDocument before) {
        BsonDocument after = before.clone();
        for (Truncation truncation : truncated) {
            path(truncation.path).truncate(after, truncation.size);
        }
        for (String path : removed) {
            path(path).remove(after);
        }
        for (Map.Entry<String, BsonValue> field : updated.entrySet()) {
            path(field.getKey()).set(after, field.getValue());
        }
        return after;
    }

    private UpdatePath path(String text) {
        List<BsonValue> steps = paths.get(text);
        return steps == null ? UpdatePath.of(text) : UpdatePath.of(steps);
    }

    private static BsonDocument document(@Nullable Object text, String name) {
        if (text == null) {
            return new BsonDocument();
        }
        if (text instanceof String json) {
            return ExtendedJson.parseDocument(json);
        }
        throw unknown(name);
    }

    private static List<String> texts(@Nullable Object list) {
        List<String> texts = new ArrayList<>();
        for (Object each : elements(list, REMOVED)) {
            if (!(each instanceof String text)) {
                throw unknown(REMOVED);
            }
            texts.add(text);
        }
        return texts;
    }

    private static List<Truncation> truncations(@Nullable Object list) {
        List<Truncation> truncations = new ArrayList<>();
        for (Object each : elements(list, TRUNCATED)) {
            if (!(each != null
                    && field(each, FIELD) instanceof String path
                    && field(each, SIZE) instanceof Number size
                    && size.intValue() >= 0)) {
                throw unknown(TRUNCATED);
            }
            truncations.add(new Truncation(path, size.intValue()));
        }
        return truncations;
    }

    private static Map<String, List<BsonValue>> paths(@Nullable Object text) {
        Map<String, List<BsonValue>> paths = new LinkedHashMap<>();
        document(text, PATHS).forEach((path, steps) -> {
            boolean isPath = steps.isArray()
                    && !steps.asArray().isEmpty()
                    && steps.asArray().stream().allMatch(step -> step.isString() || step.isInt32());
            if (!isPath) {
                throw unknown(PATHS);
            }
            paths.put(path, List.copyOf(steps.asArray()));
        });
        return paths;
    }

    private static List<?> elements(@Nullable Object list, String name) {
        if (list == null) {
            return List.of();
        }
        if (list instanceof List<?> elements) {
            return elements;
        }
        throw unknown(name);
    }

    private static @Nullable Object field(Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return map.get(name);
        }
        if (value instanceof Struct struct) {
            Field field = struct.schema().field(name);
            return field == null ? null : struct.get(field);
        }
        throw unknown("updateDescription");
    }

    private static DataException unknown(String name) {
        return new DataException("The event's '" + name + "' is not what Debezium's MongoDB connector writes."
                + " Check the transforms that run before this one");
    }
}
