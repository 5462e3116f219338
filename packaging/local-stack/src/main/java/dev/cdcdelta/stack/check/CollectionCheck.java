package dev.cdcdelta.stack.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** The comparison of one collection with its table: give it all documents, then all rows, then ask for the result. */
public final class CollectionCheck {
    private static final int EXAMPLES = 5;

    private final String collection;
    private final Map<String, List<RawBsonDocument>> waiting = new HashMap<>();
    private final List<String> examples = new ArrayList<>();
    private long documents;
    private long rows;
    private long equal;
    private long different;
    private long extra;

    public CollectionCheck(String collection) {
        this.collection = collection;
    }

    public void addDocument(RawBsonDocument document) {
        documents++;
        for (String key : keys(document)) {
            waiting.computeIfAbsent(key, unused -> new ArrayList<>(1)).add(document);
        }
    }

    /** @param row the row's columns, as {@code connect-admin-cli query --output json} gives them */
    public void addRow(JsonNode row) {
        rows++;
        List<RawBsonDocument> candidates = List.copyOf(waiting.getOrDefault(identity(row), List.of()));
        String difference = "";
        for (RawBsonDocument candidate : candidates) {
            Optional<String> found = RowMatch.difference(candidate, row);
            if (found.isEmpty()) {
                equal++;
                forget(candidate);
                return;
            }
            difference = found.get();
        }
        if (candidates.isEmpty()) {
            extra++;
            example("_id " + row.path("_id") + " is only in the table, or there more than once");
        } else {
            different++;
            forget(candidates.get(0));
            example("_id " + row.path("_id") + ": " + difference);
        }
    }

    public Result result() {
        Set<RawBsonDocument> missing = new LinkedHashSet<>();
        waiting.values().forEach(missing::addAll);
        missing.stream()
                .limit(EXAMPLES)
                .forEach(document -> example("_id " + ExtendedJsonText.of(id(document)) + " is not in the table"));
        return new Result(collection, documents, rows, equal, missing.size(), extra, different, examples);
    }

    /** The plain form of the id, and the text that it has where ids of several types meet. */
    private static Set<String> keys(RawBsonDocument document) {
        Set<String> keys = new LinkedHashSet<>();
        keys.add(Identity.of(id(document)));
        keys.add(ExtendedJsonText.of(id(document)));
        return keys;
    }

    private static String identity(JsonNode row) {
        JsonNode beside = row.path(ColumnNaming.sidecar("_id"));
        return beside.isTextual() ? beside.textValue() : Identity.of(row.path("_id"));
    }

    private static BsonValue id(RawBsonDocument document) {
        return Objects.requireNonNull(document.get("_id"), "_id");
    }

    private void forget(RawBsonDocument document) {
        for (String key : keys(document)) {
            List<RawBsonDocument> sharing = waiting.get(key);
            if (sharing != null) {
                sharing.removeIf(other -> other == document);
                if (sharing.isEmpty()) {
                    waiting.remove(key);
                }
            }
        }
    }

    private void example(String text) {
        if (examples.size() < EXAMPLES) {
            examples.add(collection + ": " + text);
        }
    }

    /**
     * How many documents and rows were compared.
     *
     * @param missing documents without a row
     * @param extra rows without a document, repeated rows among them
     * @param different rows whose content is not their document's
     * @param examples the first differences, for people
     */
    public record Result(
            String collection,
            long documents,
            long rows,
            long equal,
            long missing,
            long extra,
            long different,
            List<String> examples) {
        public Result {
            examples = List.copyOf(examples);
        }

        public boolean isEqual() {
            return documents == equal && rows == equal;
        }
    }
}
