package dev.cdcdelta.smt.survey;

import dev.cdcdelta.smt.schema.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How often the values of one field were of which type, and in which documents first. */
final class Kinds {
    private static final int EXAMPLES = 3;

    private final Map<Kind, Seen> seen = new LinkedHashMap<>();

    /**
     * What a value is.
     *
     * @param isMisfit whether no type holds it, as an array of elements without one in common, or not the one that is declared
     * @param isPinned whether a type is declared
     */
    record Kind(FieldType type, boolean isMisfit, boolean isPinned) {}

    static final class Seen {
        private final List<String> keys = new ArrayList<>();
        private long values;

        long values() {
            return values;
        }

        List<String> keys() {
            return List.copyOf(keys);
        }
    }

    void add(Kind kind, String key) {
        Seen here = seen.computeIfAbsent(kind, each -> new Seen());
        here.values++;
        if (here.keys.size() < EXAMPLES && !here.keys.contains(key)) {
            here.keys.add(key);
        }
    }

    Map<Kind, Seen> seen() {
        return seen;
    }

    long values() {
        return seen.values().stream().mapToLong(Seen::values).sum();
    }
}
