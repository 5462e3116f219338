package dev.cdcdelta.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangePlanTest {
    private static final int KEYS = 1_000;
    private static final int CHANGES = 50_000;

    @ParameterizedTest
    @EnumSource
    void everyChangeIsOneThatMongodbCouldMake(Skew skew) {
        ChangePlan plan = new ChangePlan(5, KEYS, skew, 5);
        Set<Integer> alive = new HashSet<>();
        int deletes = 0;
        for (int i = 0; i < KEYS + CHANGES; i++) {
            ChangePlan.Change change = plan.next();
            assertThat(change.sequence()).isEqualTo(i);
            boolean changed = switch (change.kind()) {
                case INSERT -> alive.add(change.key());
                case UPDATE -> alive.contains(change.key());
                case DELETE -> alive.remove(change.key());
            };
            assertThat(changed).as("%s", change).isTrue();
            deletes += change.kind() == ChangePlan.Kind.DELETE ? 1 : 0;
        }
        assertThat(plan.alive()).isEqualTo(alive.size());
        assertThat(deletes).isBetween(CHANGES * 4 / 100, CHANGES * 6 / 100);
    }

    @ParameterizedTest
    @EnumSource
    void skewDecidesHowOftenTheMostFrequentDocumentChanges(Skew skew) {
        ChangePlan plan = new ChangePlan(5, KEYS, skew, 0);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int i = 0; i < KEYS + CHANGES; i++) {
            counts.merge(plan.next().key(), 1, Integer::sum);
        }
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElseThrow();

        assertThat(counts).hasSize(KEYS);
        if (skew == Skew.UNIFORM) {
            assertThat(most).isLessThan(CHANGES / 100);
        } else {
            assertThat(most).isGreaterThan(CHANGES / 20);
        }
    }
}
