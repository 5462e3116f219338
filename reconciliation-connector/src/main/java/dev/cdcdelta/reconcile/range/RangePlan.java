package dev.cdcdelta.reconcile.range;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bson.BsonValue;

/** A collection's key space in ranges without gaps: one more than there are bounds, which rise in {@link KeyOrder}. */
public record RangePlan(List<BsonValue> bounds) {
    public RangePlan {
        bounds = List.copyOf(bounds);
        for (int i = 1; i < bounds.size(); i++) {
            if (KeyOrder.ASCENDING.compare(bounds.get(i - 1), bounds.get(i)) >= 0) {
                throw new IllegalArgumentException(
                        "bounds must rise, but " + bounds.get(i) + " follows " + bounds.get(i - 1));
            }
        }
    }

    public int size() {
        return bounds.size() + 1;
    }

    public KeyRange range(int number) {
        return new KeyRange(
                number,
                number == 0 ? Optional.empty() : Optional.of(bounds.get(number - 1)),
                number == bounds.size() ? Optional.empty() : Optional.of(bounds.get(number)));
    }

    /** The number of the range that holds the key. */
    public int indexOf(BsonValue key) {
        int found = Collections.binarySearch(bounds, key, KeyOrder.ASCENDING);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
