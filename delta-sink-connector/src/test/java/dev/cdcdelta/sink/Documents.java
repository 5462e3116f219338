package dev.cdcdelta.sink;

import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Changes of small documents, whose {@code n} is an int at first, then a long, and which gain fields as generations go by. */
final class Documents {
    private static final Schema NESTED = SchemaBuilder.struct()
            .field("a", Schema.OPTIONAL_INT32_SCHEMA)
            .optional()
            .build();
    private static final List<Schema> GENERATIONS = generations();

    private Documents() {}

    private static List<Schema> generations() {
        List<Schema> schemas = new ArrayList<>();
        schemas.add(start().field("n", Schema.OPTIONAL_INT32_SCHEMA).build());
        schemas.add(start().field("s", Schema.OPTIONAL_STRING_SCHEMA)
                .field("n", Schema.OPTIONAL_INT64_SCHEMA)
                .build());
        schemas.add(start().field("n", Schema.OPTIONAL_INT64_SCHEMA)
                .field("nested", NESTED)
                .field("s", Schema.OPTIONAL_STRING_SCHEMA)
                .build());
        return schemas;
    }

    private static SchemaBuilder start() {
        return SchemaBuilder.struct().field("_id", Schema.STRING_SCHEMA).field("color", Schema.OPTIONAL_STRING_SCHEMA);
    }

    static DocumentKey key(String id) {
        return new DocumentKey('"' + id + '"');
    }

    static SourceVersion version(long millis, int ordinal) {
        return new SourceVersion(millis, ordinal);
    }

    static Change.Delete delete(String id, SourceVersion version) {
        return new Change.Delete(key(id), version);
    }

    static Change.Upsert upsert(String id, SourceVersion version, Operation operation, int generation, int n) {
        Schema schema = GENERATIONS.get(generation);
        Struct document = new Struct(schema).put("_id", id).put("color", color(n));
        document.put("n", generation == 0 ? (Object) n : (Object) (long) n);
        if (generation > 0) {
            document.put("s", "text " + n);
        }
        if (generation > 1) {
            document.put("nested", new Struct(NESTED).put("a", n));
        }
        return new Change.Upsert(key(id), version, operation, document);
    }

    private static String color(int n) {
        return List.of("blue", "green", "red").get(n % 3);
    }

    /** The columns of the document as {@link TableContent} shows them, without the {@code _id}. */
    static Map<String, String> columns(int generation, int n) {
        Map<String, String> columns = new TreeMap<>(Map.of("color", color(n), "n", Integer.toString(n)));
        if (generation > 0) {
            columns.put("s", "text " + n);
        }
        if (generation > 1) {
            columns.put("nested", "{a=" + n + "}");
        }
        return columns;
    }
}
