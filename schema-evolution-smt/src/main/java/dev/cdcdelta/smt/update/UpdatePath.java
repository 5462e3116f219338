package dev.cdcdelta.smt.update;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A path through a document. The text of a path does not tell a dot between two names from one within a name, nor the index of an
 * array from a field of digits: the document decides, the shortest name that leads on first. Where it holds nothing of the path,
 * each dot is one between names, and the index 0 begins an array.
 *
 * @param isExact whether each step is one of its own for sure
 */
record UpdatePath(List<String> steps, boolean isExact) {
    /** As far as MongoDB itself lets an array grow at once. */
    private static final int MAXIMUM_GROWTH = 1_500_000;

    /** Where a path ends: a container, and the name or the index in it. */
    private record End(BsonValue container, String name) {}

    static UpdatePath of(String text) {
        return new UpdatePath(List.of(text.split("\\.", -1)), false);
    }

    static UpdatePath of(List<BsonValue> steps) {
        List<String> names = new ArrayList<>();
        for (BsonValue step : steps) {
            names.add(
                    step.isString()
                            ? step.asString().getValue()
                            : Integer.toString(step.asInt32().getValue()));
        }
        return new UpdatePath(names, true);
    }

    void set(BsonDocument document, BsonValue value) {
        BsonValue container = document;
        int at = 0;
        while (true) {
            int next = at + length(container, at);
            String name = name(at, next);
            if (next == steps.size()) {
                put(container, name, value);
                return;
            }
            BsonValue inner = get(container, name);
            if (inner == null || !leadsOn(inner, next)) {
                inner = steps.get(next).equals("0") ? new BsonArray() : new BsonDocument();
                put(container, name, inner);
            }
            container = inner;
            at = next;
        }
    }

    void remove(BsonDocument document) {
        End end = find(document);
        if (end != null && end.container instanceof BsonDocument parent) {
            parent.remove(end.name);
        } else if (end != null && get(end.container, end.name) != null) {
            put(end.container, end.name, BsonNull.VALUE);
        }
    }

    void truncate(BsonDocument document, int size) {
        End end = find(document);
        BsonValue found = end == null ? null : get(end.container, end.name);
        if (found instanceof BsonArray array && array.size() > size) {
            array.subList(size, array.size()).clear();
        }
    }

    /** Null if the document holds nothing of the path's last container. */
    private @Nullable End find(BsonDocument document) {
        BsonValue container = document;
        int at = 0;
        while (true) {
            int next = at + length(container, at);
            String name = name(at, next);
            if (next == steps.size()) {
                return new End(container, name);
            }
            BsonValue inner = get(container, name);
            if (inner == null || !leadsOn(inner, next)) {
                return null;
            }
            container = inner;
            at = next;
        }
    }

    /** How many steps the next name takes. */
    private int length(BsonValue container, int at) {
        if (isExact || !(container instanceof BsonDocument document)) {
            return 1;
        }
        for (int next = at + 1; next <= steps.size(); next++) {
            BsonValue inner = document.get(name(at, next));
            if (inner != null && (next == steps.size() || leadsOn(inner, next))) {
                return next - at;
            }
        }
        return 1;
    }

    private String name(int from, int to) {
        return to == from + 1 ? steps.get(from) : String.join(".", steps.subList(from, to));
    }

    private boolean leadsOn(BsonValue value, int at) {
        return value.isDocument() || value.isArray() && index(steps.get(at)) >= 0;
    }

    private static @Nullable BsonValue get(BsonValue container, String name) {
        if (container instanceof BsonDocument document) {
            return document.get(name);
        }
        BsonArray array = container.asArray();
        int index = index(name);
        return index >= 0 && index < array.size() ? array.get(index) : null;
    }

    private static void put(BsonValue container, String name, BsonValue value) {
        if (container instanceof BsonDocument document) {
            document.put(name, value);
            return;
        }
        BsonArray array = container.asArray();
        int index = index(name);
        if (index - array.size() > MAXIMUM_GROWTH) {
            throw new DataException("The update sets element " + index + " of an array of " + array.size()
                    + " elements, more than " + MAXIMUM_GROWTH + " behind its end, which MongoDB does not allow."
                    + " Read the document again with a snapshot or by reconciliation");
        }
        while (array.size() <= index) {
            array.add(BsonNull.VALUE);
        }
        array.set(index, value);
    }

    /** The index that the step is, or -1. */
    private static int index(String step) {
        if (step.isEmpty() || step.length() > 9 || step.length() > 1 && step.charAt(0) == '0') {
            return -1;
        }
        for (int i = 0; i < step.length(); i++) {
            if (step.charAt(i) < '0' || step.charAt(i) > '9') {
                return -1;
            }
        }
        return Integer.parseInt(step);
    }
}
