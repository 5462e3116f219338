package dev.cdcdelta.smt.connect;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a struct, by the fields' names in documents.
 *
 * <p>Remembers which field came after which, for the next document's are likely to come in that order again. It is but a guess: tasks
 * that share it spoil each other's speed at worst.
 */
final class Slots {
    private final Map<String, Slot> byName;
    private final Slot[] ordered;

    /** By the index of a slot plus one, the first being for the beginning of the document: the index of the slot that came next. */
    private final int[] successors;

    Slots(Map<String, Slot> byName) {
        this.byName = new LinkedHashMap<>(byName);
        this.ordered = byName.values().toArray(Slot[]::new);
        this.successors = new int[ordered.length + 1];
        for (int i = 0; i < ordered.length; i++) {
            successors[i] = i;
        }
    }

    @Nullable
    Slot of(String name) {
        return byName.get(name);
    }

    int size() {
        return ordered.length;
    }

    /** The slot that is likely to come after this one, null standing for the beginning. */
    @Nullable
    Slot guess(@Nullable Slot previous) {
        return ordered.length == 0 ? null : ordered[successors[previous == null ? 0 : previous.index() + 1]];
    }

    /** The slot behind another in the order of the schema; null behind the last. */
    @Nullable
    Slot behind(Slot slot) {
        return slot.index() + 1 < ordered.length ? ordered[slot.index() + 1] : null;
    }

    void learn(@Nullable Slot previous, Slot next) {
        successors[previous == null ? 0 : previous.index() + 1] = next.index();
    }
}
