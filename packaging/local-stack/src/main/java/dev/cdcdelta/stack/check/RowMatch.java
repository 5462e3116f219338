package dev.cdcdelta.stack.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;

/**
 * Compares a document with a row: each value of the document must stand in its typed column or, as extended JSON, in that
 * column's sidecar, and nothing else may stand in the row.
 */
public final class RowMatch {
    private static final String ID = "_id";

    private RowMatch() {}

    /** Where document and row differ first; empty if they are equal. */
    public static Optional<String> difference(BsonDocument document, JsonNode row) {
        return fields("", document, row);
    }

    private static Optional<String> fields(String path, BsonDocument document, JsonNode row) {
        boolean topLevel = path.isEmpty();
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, BsonValue> field : document.entrySet()) {
            String column = ColumnNaming.column(field.getKey(), topLevel);
            String sidecar = ColumnNaming.sidecar(column);
            String fieldPath = topLevel ? field.getKey() : path + "." + field.getKey();
            seen.add(column);
            seen.add(sidecar);
            Optional<String> difference = topLevel && column.equals(ID)
                    ? identity(field.getValue(), row.path(column), row.path(sidecar))
                    : field(fieldPath, field.getValue(), row.path(column), row.path(sidecar));
            if (difference.isPresent()) {
                return difference;
            }
        }
        for (Iterator<Map.Entry<String, JsonNode>> cells = row.fields(); cells.hasNext(); ) {
            Map.Entry<String, JsonNode> cell = cells.next();
            boolean own = topLevel && ColumnNaming.isOwn(cell.getKey());
            if (!own && !seen.contains(cell.getKey()) && !isEmpty(cell.getValue())) {
                return Optional.of((topLevel ? "" : path + ".") + cell.getKey() + " is only in the table");
            }
        }
        return Optional.empty();
    }

    /** An id stands in its column plainly, or as extended JSON, there or beside it where the column is of another type. */
    private static Optional<String> identity(BsonValue id, JsonNode cell, JsonNode sidecar) {
        if (isAbsent(cell) && sidecar.isTextual() && ExtendedJsonText.holds(sidecar.textValue(), id)) {
            return Optional.empty();
        }
        if (cell.isTextual() && ExtendedJsonText.holds(cell.textValue(), id)) {
            return Optional.empty();
        }
        return isNull(id) ? Optional.of("_id is not in the table") : value(ID, id, cell);
    }

    private static Optional<String> field(String path, BsonValue value, JsonNode cell, JsonNode sidecar) {
        boolean inSidecar = !isAbsent(sidecar);
        if (inSidecar && !isEmpty(cell)) {
            return Optional.of(path + " stands in the table twice, typed and as JSON");
        }
        if (inSidecar) {
            boolean holds = sidecar.isTextual() && ExtendedJsonText.holds(sidecar.textValue(), value);
            return holds ? Optional.empty() : Optional.of(path + " differs from its JSON in the table");
        }
        if (isAbsent(cell)) {
            return isVacant(value) ? Optional.empty() : Optional.of(path + " is not in the table");
        }
        return value(path, value, cell);
    }

    private static Optional<String> value(String path, BsonValue value, JsonNode cell) {
        if (isNull(value)) {
            return isEmpty(cell) ? Optional.empty() : Optional.of(path + " is null, but not in the table");
        }
        if (value instanceof BsonDocument document) {
            return cell.isObject() ? fields(path, document, cell) : Optional.of(path + " is no struct in the table");
        }
        if (value instanceof BsonArray array) {
            return elements(path, array.getValues(), cell);
        }
        return ValueMatch.matches(value, cell) ? Optional.empty() : Optional.of(path + " differs");
    }

    private static Optional<String> elements(String path, List<BsonValue> elements, JsonNode cell) {
        if (!cell.isArray() || cell.size() != elements.size()) {
            return Optional.of(path + " is no array of the same length in the table");
        }
        for (int index = 0; index < elements.size(); index++) {
            BsonValue element = elements.get(index);
            JsonNode node = cell.get(index);
            if (isAbsent(node) && isVacant(element)) {
                continue;
            }
            Optional<String> difference = value(path + "[" + index + "]", element, node);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static boolean isNull(BsonValue value) {
        return value.isNull() || value.getBsonType() == BsonType.UNDEFINED;
    }

    /** Values that have no column of their own: null, and documents and arrays of nothing else. */
    private static boolean isVacant(BsonValue value) {
        if (value instanceof BsonDocument document) {
            return document.values().stream().allMatch(RowMatch::isVacant);
        }
        if (value instanceof BsonArray array) {
            return array.stream().allMatch(RowMatch::isVacant);
        }
        return isNull(value);
    }

    private static boolean isAbsent(JsonNode cell) {
        return cell.isMissingNode() || cell.isNull();
    }

    private static boolean isEmpty(JsonNode cell) {
        if (cell.isObject()) {
            for (JsonNode field : cell) {
                if (!isEmpty(field)) {
                    return false;
                }
            }
            return true;
        }
        return isAbsent(cell);
    }
}
