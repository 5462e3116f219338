package dev.cdcdelta.sink.index.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Random changes, for a store and for its model. */
record StoreBatch(List<Integer> numbers, List<@Nullable Entry> after) {
    static KeyHash key(int number) {
        return KeyHash.of("\"" + number + "\"");
    }

    static StoreBatch random(Random random, int limit, int count) {
        List<Integer> numbers = new ArrayList<>();
        List<@Nullable Entry> after = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(random.nextInt(limit));
            after.add(
                    random.nextInt(5) == 0
                            ? null
                            : new Entry(random.nextInt(9), random.nextInt(1_000), random.nextLong(), random.nextInt()));
        }
        return new StoreBatch(numbers, after);
    }

    List<KeyHash> keys() {
        return numbers.stream().map(StoreBatch::key).toList();
    }

    void applyTo(Map<Integer, Entry> model) {
        for (int i = 0; i < numbers.size(); i++) {
            Entry entry = after.get(i);
            if (entry == null) {
                model.remove(numbers.get(i));
            } else {
                model.put(numbers.get(i), entry);
            }
        }
    }

    void applyTo(HashStore store, long version) throws Exception {
        store.update(
                keys(),
                (index, before) -> after.get(index),
                entry -> false,
                () -> new FileChanges(version, 2, List.of(), Set.of()));
    }
}
