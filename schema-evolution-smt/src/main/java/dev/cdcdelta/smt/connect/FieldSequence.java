package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.TextCursor;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of one document's fields, as they come in its text. None may come twice. */
final class FieldSequence {
    private final Slots slots;
    private @Nullable Slot last;
    private @Nullable Slot current;

    /** The slots that had their field, the first 64 of them in bits. */
    private long first;

    private @Nullable BitSet others;
    private @Nullable Set<String> unknown;
    private String unknownName = "";

    FieldSequence(Slots slots) {
        this.slots = slots;
    }

    /** Steps over the next name and its colon; false if there is none, or one that came before. */
    boolean advance(TextCursor text) {
        text.peek();
        Slot guess = slots.guess(last);
        if (guess != null && text.takeName(guess.name())) {
            current = guess;
        } else if (guess != null && isBehind(guess, text)) {
            slots.learn(last, current());
        } else {
            String name = text.readName();
            if (name == null) {
                return false;
            }
            current = slots.of(name);
            if (current == null) {
                unknownName = name;
                return isNew(name);
            }
            slots.learn(last, current);
        }
        last = current;
        return isNew(current());
    }

    /** The slot of the field that was stepped over; null if the schema does not know it. */
    @Nullable
    Slot slot() {
        return current;
    }

    /** The name of the field that was stepped over, if the schema does not know it. */
    String unknown() {
        return unknownName;
    }

    /** Whether just one field has been left out. */
    private boolean isBehind(Slot guess, TextCursor text) {
        Slot behind = slots.behind(guess);
        if (behind == null || !text.takeName(behind.name())) {
            return false;
        }
        current = behind;
        return true;
    }

    private Slot current() {
        if (current == null) {
            throw new IllegalStateException("No field has been stepped over");
        }
        return current;
    }

    private boolean isNew(Slot slot) {
        int index = slot.index();
        if (index < Long.SIZE) {
            long bit = 1L << index;
            boolean isNew = (first & bit) == 0;
            first |= bit;
            return isNew;
        }
        if (others == null) {
            others = new BitSet(slots.size());
        }
        boolean isNew = !others.get(index);
        others.set(index);
        return isNew;
    }

    private boolean isNew(String name) {
        if (unknown == null) {
            unknown = new HashSet<>();
        }
        return unknown.add(name);
    }
}
