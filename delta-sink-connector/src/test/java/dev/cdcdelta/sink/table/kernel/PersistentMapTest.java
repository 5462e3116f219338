package dev.cdcdelta.sink.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PersistentMapTest {
    private static final long SEED = 20_261_123;

    @Test
    void itIsTheMapThatTheSameStepsMakeOfAHashMapAndOldCopiesStay() {
        Random random = new Random(SEED);
        Map<String, Integer> model = new HashMap<>();
        PersistentMap<Integer> map = PersistentMap.empty();
        List<PersistentMap<Integer>> copies = new ArrayList<>();
        List<Map<String, Integer>> models = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            String key = key(random.nextInt(700));
            if (random.nextInt(3) == 0) {
                model.remove(key);
                map = map.without(key);
            } else {
                model.put(key, step);
                map = map.with(key, step);
            }
            if (step % 500 == 0) {
                copies.add(map);
                models.add(new HashMap<>(model));
            }
        }
        assertThat(map).isEqualTo(model).hasSize(model.size());
        assertThat(model).isEqualTo(map);
        assertThat(copies).isEqualTo(models);
        assertThat(map.keySet()).containsExactlyInAnyOrderElementsOf(model.keySet());
        for (int key = 0; key < 700; key++) {
            assertThat(map.get(key(key))).isEqualTo(model.get(key(key)));
        }
    }

    /** Every fourth key shares its hash with others: "Aa" and "BB" have the same. */
    private static String key(int number) {
        return number % 4 == 0
                ? Integer.toBinaryString(number / 4 + 512).replace("1", "Aa").replace("0", "BB")
                : "key" + number;
    }

    @Test
    void anEmptiedMapIsEmpty() {
        PersistentMap<String> map = PersistentMap.<String>empty()
                .with("Aa", "1")
                .with("BB", "2")
                .without("Aa")
                .without("BB");

        assertThat(map).isEmpty();
        assertThat(map.entrySet().iterator()).isExhausted();
    }
}
